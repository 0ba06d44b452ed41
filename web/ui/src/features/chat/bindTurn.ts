import { bindFigures, type Span } from './bindFigures';
import { type Block, type Cell, type Figure, sameCell, isFormula, type Turn } from './turn';

export type BoundBlock = { type: 'said'; spans: Span[] } | { type: 'items'; items: Span[][] } | Exclude<Block, { type: 'text' | 'list' }>;

/** The blocks of an answer with their texts bound; the answer's own text leads when no block holds any. */
export function bindTurn(turn: Turn): BoundBlock[] {
  const hasText = turn.blocks.some((block) => block.type === 'text');
  const blocks: Block[] = hasText ? turn.blocks : [{ type: 'text', text: turn.answer, figureIds: null }, ...turn.blocks];
  return blocks.map((block) => {
    if (block.type === 'text') return { type: 'said', spans: bindFigures(block.text, figuresOf(turn, block.figureIds)) };
    if (block.type === 'list') return { type: 'items', items: bindItems(turn, block.items) };
    return block;
  });
}

function figuresOf(turn: Turn, ids: readonly string[] | null): Figure[] {
  if (ids === null) return turn.figures;
  return ids.flatMap((id) => turn.figures.filter((figure) => figure.id === id));
}

/**
 * Items name no figures. Those that neither a text nor a table accounts for come first, each once and in order;
 * a figure that was said before may be said again here.
 */
function bindItems(turn: Turn, items: readonly string[]): Span[][] {
  const accounted = new Set(turn.blocks.flatMap((block) => (block.type === 'text' ? (block.figureIds ?? []) : [])));
  const cells = turn.blocks.flatMap(cellsOf);
  const own = turn.figures.filter(
    (figure) =>
      !accounted.has(figure.id) && !cells.some(({ source }) => source !== null && !isFormula(source) && sameCell(figure.source, source)),
  );
  let waiting: Figure[] = own;
  return items.map((item) => {
    const spans = bindFigures(item, [...waiting, ...turn.figures.filter((figure) => !own.includes(figure))]);
    const used = new Set(spans.map(({ figure }) => figure));
    waiting = waiting.filter((figure) => !used.has(figure));
    return spans;
  });
}

function cellsOf(block: Block): Cell[] {
  if (block.type === 'table') return block.rows.flatMap((row) => Object.values(row));
  return block.type === 'chart' ? block.table.rows.flatMap((row) => Object.values(row)) : [];
}
