import { AimOutlined, CalendarOutlined, CommentOutlined, HomeOutlined, PieChartOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { type ComponentType, lazy, type LazyExoticComponent, type ReactNode } from 'react';

import type { Customer } from '../api/session';

export interface PageProps {
  customer: Customer;
  /** What follows the page's own part of the address: "rules" of "/transactions/rules". */
  rest: string;
  onImport: () => void;
}

export interface PageEntry {
  path: string;
  label: string;
  icon: ReactNode;
  key: string;
  /** None for the chat, which is always there and is only given the room. */
  page: LazyExoticComponent<ComponentType<PageProps>> | null;
}

export const CHAT_PATH = '/chat';

export const PAGES: readonly PageEntry[] = [
  { path: '/', label: 'Home', icon: <HomeOutlined aria-hidden />, key: 'h', page: lazy(() => import('./HomePage')) },
  {
    path: '/transactions',
    label: 'Transactions',
    icon: <UnorderedListOutlined aria-hidden />,
    key: 't',
    page: lazy(() => import('../features/transactions/TransactionsPage')),
  },
  {
    path: '/budgets',
    label: 'Budgets',
    icon: <PieChartOutlined aria-hidden />,
    key: 'b',
    page: lazy(() => import('../features/budgets/BudgetsPage')),
  },
  {
    path: '/recurring',
    label: 'Recurring',
    icon: <CalendarOutlined aria-hidden />,
    key: 'r',
    page: lazy(() => import('../features/recurring/RecurringPage')),
  },
  {
    path: '/goals',
    label: 'Goals',
    icon: <AimOutlined aria-hidden />,
    key: 'g',
    page: lazy(() => import('../features/goals/GoalsPage')),
  },
  { path: CHAT_PATH, label: 'Chat', icon: <CommentOutlined aria-hidden />, key: 'c', page: null },
];

/** The page of a path, and what follows; none where there is no such page. */
export function pageAt(path: string): { entry: PageEntry; rest: string } | null {
  const [, first = '', ...rest] = path.replace(/\/+$/, '').split('/');
  const entry = PAGES.find((known) => known.path === `/${first}`);
  if (entry === undefined || (first === '' && rest.length > 0)) return null;
  return { entry, rest: rest.join('/') };
}
