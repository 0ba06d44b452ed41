import type { ComponentProps } from 'react';

import { followInPage } from './address';

type Props = ComponentProps<'a'> & { href: string };

/** A link within the workspace. */
export function Link({ href, onClick, children, ...rest }: Props) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        followInPage(event);
      }}
    >
      {children}
    </a>
  );
}
