import { CommentOutlined, ImportOutlined, MoreOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';

import type { Customer } from '../api/session';
import { Link } from '../lib/Link';
import { AppMenu } from './AppMenu';
import { PAGES, type PageEntry } from './pages';

interface Props {
  customer: Customer;
  current: PageEntry | null;
  onImport: () => void;
  onHelp: () => void;
}

/** Beside the page, where there is room. */
export function SideBar({ customer, current, onImport, onHelp, onAsk }: Props & { onAsk: (() => void) | null }) {
  return (
    <header className="side-bar">
      <p className="brand">
        <img src="/favicon.svg" alt="" width={28} height={28} />
        Steward
      </p>
      <nav aria-label="Pages">
        <ul>
          {PAGES.map((entry) => (
            <li key={entry.path}>
              <Link href={entry.path} aria-current={entry === current ? 'page' : undefined}>
                {entry.icon}
                {entry.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Button icon={<ImportOutlined aria-hidden />} onClick={onImport}>
        Import
      </Button>
      <AppMenu customer={customer} onHelp={onHelp} />
      {onAsk !== null && (
        <Button className="ask-button" type="primary" size="large" shape="round" icon={<CommentOutlined aria-hidden />} onClick={onAsk}>
          Ask Steward
        </Button>
      )}
    </header>
  );
}

const ON_THE_BAR = ['/', '/transactions', '/budgets', '/chat'];

/** Under the page on a phone: what is used most, the rest one press away. */
export function TabBar({ customer, current, onImport, onHelp }: Props) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const others = PAGES.filter(({ path }) => !ON_THE_BAR.includes(path));
  return (
    <nav className="tabs" aria-label="Pages">
      {PAGES.filter(({ path }) => ON_THE_BAR.includes(path)).map((entry) => (
        <Link key={entry.path} href={entry.path} aria-current={entry === current ? 'page' : undefined}>
          {entry.icon}
          {entry.label}
        </Link>
      ))}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        data-here={others.some((entry) => entry === current)}
        onClick={() => setOpen(true)}
      >
        <MoreOutlined aria-hidden />
        More
      </button>
      <Drawer open={open} onClose={close} placement="bottom" size="auto" title="More" className="more-sheet" destroyOnHidden>
        <ul>
          {others.map((entry) => (
            <li key={entry.path}>
              <Link href={entry.path} onClick={close} aria-current={entry === current ? 'page' : undefined}>
                {entry.icon}
                {entry.label}
              </Link>
            </li>
          ))}
          <li>
            <button
              type="button"
              onClick={() => {
                close();
                onImport();
              }}
            >
              <ImportOutlined aria-hidden />
              Import a file
            </button>
          </li>
        </ul>
        <AppMenu customer={customer} onHelp={onHelp} />
      </Drawer>
    </nav>
  );
}
