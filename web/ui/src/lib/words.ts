import { LOCALE } from './locale';

const COUNT = new Intl.NumberFormat(LOCALE);

export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** "1 row", "3 rows". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${COUNT.format(count)} ${count === 1 ? one : many}`;
}
