import { lazy, type ReactNode, Suspense, useState } from 'react';

import { RowsContext, type Shown } from './rowsContext';

const RowsDrawer = lazy(() => import('./RowsDrawer'));

/** Any figure on any page may open its rows here. */
export function RowsOnDemand({ currency, children }: { currency: string; children: ReactNode }) {
  const [shown, show] = useState<Shown | null>(null);
  const [open, setOpen] = useState(false);
  const press = (next: Shown) => {
    show(next);
    setOpen(true);
  };
  return (
    <RowsContext value={press}>
      {children}
      {shown !== null && (
        <Suspense fallback={null}>
          <RowsDrawer shown={shown} currency={currency} open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </RowsContext>
  );
}
