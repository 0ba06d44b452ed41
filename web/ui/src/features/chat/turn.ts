/** A turn as the app tells it, read with care: it arrives inside an event stream, where no generated type reaches. */

export type Kind = 'text' | 'money' | 'count' | 'ratio' | 'date';
export interface CellSource {
  toolCall: number;
  path: string;
}
export interface Formula {
  formula: string;
  inputs: (string | CellSource)[];
}
export type Source = CellSource | Formula;

export interface Figure {
  id: string;
  text: string;
  value: number | string | null;
  unit: string;
  kind: string;
  source: Source | null;
}
export interface Cell {
  text: string;
  value: unknown;
  source: Source | null;
}
export interface Column {
  key: string;
  label: string;
  kind: Kind;
}
export interface TableContent {
  title: string;
  columns: Column[];
  rows: Record<string, Cell>[];
}
export interface Point {
  x: string;
  y: number;
  text: string;
  source: Source | null;
}
export interface Series {
  name: string;
  points: Point[];
}
export type ChartKind = 'line' | 'bar' | 'donut' | 'waterfall';
export type Block =
  | { type: 'text'; text: string; figureIds: string[] | null }
  | ({ type: 'table' } & TableContent)
  | { type: 'chart'; title: string; kind: ChartKind; series: Series[]; unit: string; table: TableContent }
  | { type: 'list'; items: string[] }
  | { type: 'quick_replies'; replies: { label: string; text: string }[] }
  | { type: 'card'; title: string; text: string; proposal: Proposal | null };

export interface Citation {
  title: string;
  section: string;
  quote: string;
  url: string;
  reviewed: string;
}
export interface Proposal {
  id: string;
  kind: string;
  arguments: Record<string, unknown>;
  provenance: Record<string, unknown>;
  argumentsSha256: string;
  effect: unknown;
  expiresAt: string;
}
export interface ToolCall {
  name: string;
  args: unknown;
  result: unknown;
}
export interface Turn {
  id: string;
  question: string;
  answer: string;
  status: string;
  partial: boolean;
  blocks: Block[];
  figures: Figure[];
  citations: Citation[];
  proposals: Proposal[];
  toolCalls: ToolCall[];
  languageModel: LanguageModel | null;
}

/** What a language model had to do with an answer; absent where the planner answered by itself. */
export interface LanguageModel {
  name: string;
  tokens: number;
  ms: number;
  costMicrodollars: number | null;
}

export function isFormula(source: Source): source is Formula {
  return 'formula' in source;
}

export function sameCell(source: Source | null, cell: CellSource): boolean {
  return source !== null && !isFormula(source) && source.toolCall === cell.toolCall && source.path === cell.path;
}

/** The figure that a cell, a point or an input stands for, if the answer counts it among its figures. */
export function figureAt(turn: Turn, source: string | Source | null): Figure | undefined {
  if (source === null) return undefined;
  if (typeof source === 'string') return turn.figures.find((figure) => figure.id === source);
  if (!isFormula(source)) return turn.figures.find((figure) => sameCell(figure.source, source));
  const told = JSON.stringify(source);
  return turn.figures.find((figure) => JSON.stringify(figure.source) === told);
}

/** The value at a JSON Pointer (RFC 6901); undefined when it points nowhere. */
export function resolvePointer(document: unknown, pointer: string): unknown {
  let at: unknown = document;
  for (const raw of pointer.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
