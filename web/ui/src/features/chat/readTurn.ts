import { isRecord } from '../../api/problem';
import type {
  Block,
  Cell,
  ChartKind,
  Citation,
  Column,
  Figure,
  Kind,
  LanguageModel,
  Point,
  Proposal,
  Series,
  Source,
  TableContent,
  ToolCall,
  Turn,
} from './turn';

type Fields = Record<string, unknown>;

const KINDS: readonly string[] = ['text', 'money', 'count', 'ratio', 'date'] satisfies Kind[];
const CHART_KINDS: readonly string[] = ['line', 'bar', 'donut', 'waterfall'] satisfies ChartKind[];

/** Unknown blocks are left out, missing lists are empty: an older page still reads a newer answer. */
export function readTurn(value: unknown): Turn {
  const turn = fields(value);
  return {
    id: text(turn['id']),
    question: text(turn['text']) || text(turn['question']),
    answer: text(turn['answer']),
    status: text(turn['status']),
    partial: turn['partial'] === true,
    blocks: records(turn['blocks']).flatMap(readBlock),
    figures: records(turn['figures']).map(readFigure),
    citations: records(turn['citations']).map(readCitation),
    proposals: records(turn['proposals']).map(readProposal),
    toolCalls: records(turn['tool_calls']).map(readToolCall),
    languageModel: readLanguageModel(fields(turn['versions']), fields(turn['timings'])),
  };
}

function readBlock(block: Fields): Block[] {
  switch (block['type']) {
    case 'text':
      return [{ type: 'text', text: text(block['text']), figureIds: Array.isArray(block['figures']) ? block['figures'].map(idOf) : null }];
    case 'table':
      return [{ type: 'table', ...readTable(block) }];
    case 'chart':
      return [readChart(block)];
    case 'list':
      return [{ type: 'list', items: list(block['items']).map((item) => (isRecord(item) ? text(item['text']) : text(item))) }];
    case 'quick_replies':
      return [
        {
          type: 'quick_replies',
          replies: records(block['replies']).map((reply) => ({ label: text(reply['label']), text: text(reply['text']) })),
        },
      ];
    case 'card':
      return [
        {
          type: 'card',
          title: text(block['title']),
          text: text(block['text']),
          proposal: isRecord(block['proposal']) ? readProposal(block['proposal']) : null,
        },
      ];
    default:
      return [];
  }
}

function idOf(figure: unknown): string {
  return isRecord(figure) ? text(figure['id']) : text(figure);
}

function readTable(value: unknown): TableContent {
  const table = fields(value);
  const columns = records(table['columns']).map(readColumn);
  return {
    title: text(table['title']),
    columns,
    rows: records(table['rows']).map((row) => Object.fromEntries(columns.map(({ key }) => [key, readCell(row[key])]))),
  };
}

function readChart(block: Fields): Block {
  const kind = text(block['kind']);
  return {
    type: 'chart',
    title: text(block['title']),
    kind: CHART_KINDS.includes(kind) ? (kind as ChartKind) : 'bar',
    series: records(block['series']).map(readSeries),
    unit: text(block['unit']),
    table: readTable(block['table']),
  };
}

function readSeries(series: Fields): Series {
  return { name: text(series['name']), points: records(series['points']).map(readPoint) };
}

function readPoint(point: Fields): Point {
  return {
    x: text(point['x']),
    y: typeof point['y'] === 'number' ? point['y'] : 0,
    text: text(point['text']),
    source: readSource(point['source']),
  };
}

function readColumn(column: Fields): Column {
  const kind = text(column['kind']);
  return { key: text(column['key']), label: text(column['label']), kind: KINDS.includes(kind) ? (kind as Kind) : 'text' };
}

function readCell(value: unknown): Cell {
  if (!isRecord(value)) return { text: text(value), value, source: null };
  return { text: text(value['text']) || text(value['value']), value: value['value'], source: readSource(value['source']) };
}

function readFigure(figure: Fields): Figure {
  const value = figure['value'];
  return {
    id: text(figure['id']),
    text: text(figure['text']),
    value: typeof value === 'number' || typeof value === 'string' ? value : null,
    unit: text(figure['unit']),
    kind: text(figure['kind']),
    source: readSource(figure['source']),
  };
}

function readSource(value: unknown): Source | null {
  if (!isRecord(value)) return null;
  if (typeof value['formula'] === 'string') {
    return { formula: value['formula'], inputs: list(value['inputs']).flatMap((input) => readInput(input)) };
  }
  if (typeof value['tool_call'] !== 'number' || typeof value['path'] !== 'string') return null;
  return { toolCall: value['tool_call'], path: value['path'] };
}

function readInput(input: unknown): (string | { toolCall: number; path: string })[] {
  if (typeof input === 'string') return [input];
  const source = readSource(input);
  return source === null || 'formula' in source ? [] : [source];
}

function readCitation(citation: Fields): Citation {
  const url = text(citation['url']);
  return {
    title: text(citation['title']) || text(citation['document']),
    section: text(citation['section']),
    quote: text(citation['quote']),
    url: /^https?:\/\//i.test(url) ? url : '',
    reviewed: text(citation['reviewed']),
  };
}

function readProposal(proposal: Fields): Proposal {
  return {
    id: text(proposal['id']),
    kind: text(proposal['kind']),
    arguments: fields(proposal['arguments']),
    provenance: fields(proposal['provenance']),
    argumentsSha256: text(proposal['arguments_sha256']),
    effect: proposal['effect'],
    expiresAt: text(proposal['expires_at']),
  };
}

function readToolCall(call: Fields): ToolCall {
  return { name: text(call['name']), args: call['args'], result: call['result'] };
}

/** Only where its words are the answer: a model that failed leaves the planner's answer, which needs no note. */
function readLanguageModel(versions: Fields, timings: Fields): LanguageModel | null {
  const name = text(versions['language_model']);
  if (name === '') return null;
  const cost = timings['model_cost_microusd'];
  return {
    name,
    tokens: count(timings['model_prompt_tokens']) + count(timings['model_completion_tokens']),
    ms: count(timings['model_ms']),
    costMicrodollars: typeof cost === 'number' ? cost : null,
  };
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function fields(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function records(value: unknown): Fields[] {
  return list(value).filter(isRecord);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}
