import { type ReactNode, useId } from 'react';

import { Link } from './Link';

interface Props {
  title: string;
  className?: string;
  /** Where there is more of it. */
  more?: { href: string; label: string } | undefined;
  action?: ReactNode;
  children: ReactNode;
}

/** One matter on a page, under its own heading. */
export function Card({ title, className, more, action, children }: Props) {
  const id = useId();
  return (
    <section className={className === undefined ? 'card' : `card ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {action}
        {more !== undefined && (
          <Link className="more" href={more.href}>
            {more.label}
            <span className="hidden-words">: {title}</span>
          </Link>
        )}
      </header>
      {children}
    </section>
  );
}
