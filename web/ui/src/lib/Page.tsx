import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  title: string;
  /** What is written above the page, where that is not its title. */
  heading?: string;
  lead?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** The frame of a page. Its heading takes the keyboard when the reader arrives from another page, so that a screen reader says where. */
export function Page({ title, heading: written, lead, actions, className, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Steward`;
    if (document.activeElement?.closest('nav') !== null) heading.current?.focus();
  }, [title]);
  return (
    <div className={className === undefined ? 'page' : `page ${className}`}>
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {written ?? title}
          </h1>
          {lead !== undefined && <p className="quiet">{lead}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
