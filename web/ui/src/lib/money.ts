/** Money on screen: integers of minor units become decimal strings by their digits, never by division. */
import { LOCALE } from './locale';

const NO_MINOR_UNIT = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const THOUSANDTHS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));
const TEN_THOUSANDTHS = new Set(['CLF', 'UYW']);

/** Digits after the point by ISO 4217 (Intl follows usage instead, and shows no cents for some that have them). */
export function minorDigits(currency: string): number {
  if (NO_MINOR_UNIT.has(currency)) return 0;
  if (THOUSANDTHS.has(currency)) return 3;
  return TEN_THOUSANDTHS.has(currency) ? 4 : 2;
}

export function decimalString(minor: number, digits: number): `${number}` {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an amount in minor units: ${minor}`);
  const sign = minor < 0 ? '-' : '';
  const padded = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  return (digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(-digits)}`) as `${number}`;
}

export function formatMoney(minor: number, currency: string, options: { signed?: boolean } = {}): string {
  const digits = minorDigits(currency);
  return moneyFormat(currency, digits, options.signed === true).format(decimalString(minor, digits));
}

/** A short label for an axis: "€1.25k". */
export function formatMoneyShort(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 2,
    minimumFractionDigits: 0,
  });
  return format.format(decimalString(minor, minorDigits(currency)));
}

/** What a person typed, in minor units; null when it cannot be read in exactly one way. */
export function parseMoney(typed: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const bare = typed.replace(/[\s\u00a0\u202f'’]/g, '').replace('−', '-');
  if (!/^[-+]?\d[\d.,]*$/.test(bare)) return null;
  const parts = wholeAndFraction(bare.replace(/^[-+]/, ''), digits);
  if (parts === null || parts.fraction.length > digits) return null;
  const minor = Number(parts.whole + parts.fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  return bare.startsWith('-') && minor !== 0 ? -minor : minor;
}

/**
 * The last mark is the decimal one when it differs from those before it, or stands alone without looking like a mark of thousands.
 * "1,234" is English thousands; "1.234" could be either, as could "1,234" where the currency has three decimals: neither is read.
 */
function wholeAndFraction(text: string, digits: number): { whole: string; fraction: string } | null {
  const marks = text.replace(/\d/g, '');
  const last = marks.at(-1);
  if (last === undefined) return { whole: text, fraction: '' };
  const at = text.lastIndexOf(last);
  const [whole, fraction] = [text.slice(0, at), text.slice(at + 1)];
  if (marks.length === 1 && fraction.length !== 3) return fraction === '' ? null : { whole, fraction };
  if (marks.length === 1 && (last === '.' || digits === 3)) return null;
  const thousands = marks[0] ?? '';
  const grouped = new RegExp(`^\\d{1,3}(?:\\${thousands}\\d{3})+$`);
  if (marks === thousands.repeat(marks.length)) return grouped.test(text) ? { whole: text.replaceAll(thousands, ''), fraction: '' } : null;
  return grouped.test(whole) && fraction !== '' ? { whole: whole.replaceAll(thousands, ''), fraction } : null;
}

const formats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, digits: number, signed: boolean): Intl.NumberFormat {
  const key = `${currency}${signed}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: signed ? 'exceptZero' : 'auto',
    });
    formats.set(key, format);
  }
  return format;
}
