/** Answers of the double, one per form: text with figures, table and chart, donut, line, proposal, clarification, refusal. */

interface FakeTurn {
  answer: string;
  status: string;
  partial: boolean;
  blocks: object[];
  tool_calls: { name: string; args: unknown; result: unknown }[];
  figures: object[];
  citations: object[];
  proposals: object[];
}

const money = (minor: number) => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(minor / 100);
const cell = (path: string, tool_call = 0) => ({ tool_call, path });
const query = (args: object, result: object) => ({ name: 'query', args, result: { currency: 'EUR', ...result } });

const base: FakeTurn = {
  answer: '',
  status: 'answered',
  partial: false,
  blocks: [],
  tool_calls: [],
  figures: [],
  citations: [],
  proposals: [],
};

const CATEGORIES: [string, number][] = [
  ['Rent', 98000],
  ['Groceries', 41236],
  ['Eating out', 18490],
  ['Transport', 9720],
  ['Leisure and hobbies', 7615],
  ['Health', 3180],
];
const MONTHS: [string, number][] = [
  ['Jan 2026', 168210],
  ['Feb 2026', 159433],
  ['Mar 2026', 190127],
  ['Apr 2026', 174980],
  ['May 2026', 182045],
  ['Jun 2026', 166309],
  ['Jul 2026', 221874],
  ['Aug 2026', 208560],
  ['Sep 2026', 171902],
  ['Oct 2026', 178241],
];

function spending(): FakeTurn {
  const answer =
    'You spent €1,782.41 in October 2026, refunds deducted, in 74 transactions. That is €63.39 more than in September (€1,719.02).';
  return {
    ...base,
    answer,
    blocks: [
      { type: 'text', text: answer, figures: ['f1', 'f2', 'f3', 'f4'] },
      {
        type: 'quick_replies',
        replies: [
          { label: 'By category', text: 'Spending by category last month' },
          { label: 'And in September?', text: 'And in September?' },
        ],
      },
    ],
    tool_calls: [
      query(
        { measure: 'spending', period: { start_on: '2026-10-01', end_on: '2026-10-31' } },
        { amount_minor: 178241, count: 74, comparison: { amount_minor: 171902, change_minor: 6339 } },
      ),
    ],
    figures: [
      { id: 'f1', text: '€1,782.41', value: 178241, unit: 'EUR', kind: 'money', source: cell('/amount_minor') },
      { id: 'f2', text: '74 transactions', value: 74, unit: null, kind: 'count', source: cell('/count') },
      {
        id: 'f3',
        text: '€63.39',
        value: 6339,
        unit: 'EUR',
        kind: 'money',
        source: { formula: 'a - b', inputs: [cell('/amount_minor'), cell('/comparison/amount_minor')] },
      },
      { id: 'f4', text: '€1,719.02', value: 171902, unit: 'EUR', kind: 'money', source: cell('/comparison/amount_minor') },
    ],
  };
}

function byCategory(kind: 'bar' | 'donut'): FakeTurn {
  const answer = 'In October 2026 most of your spending went to Rent: €980.00. These are the six largest categories.';
  const table = {
    columns: [
      { key: 'label', label: 'Category', kind: 'text' },
      { key: 'amount_minor', label: 'Spent', kind: 'money' },
    ],
    rows: CATEGORIES.map(([label, minor], index) => ({
      label: { value: label, text: label },
      amount_minor: { value: minor, text: money(minor), source: cell(`/rows/${index}/amount_minor`) },
    })),
  };
  const points = CATEGORIES.map(([x, y], index) => ({ x, y, text: money(y), source: cell(`/rows/${index}/amount_minor`) }));
  return {
    ...base,
    answer,
    blocks: [
      { type: 'text', text: answer, figures: ['f1'] },
      { type: 'chart', title: 'Spending by category, October 2026', kind, series: [{ name: 'Spent', points }], unit: 'EUR', table },
      ...(kind === 'bar' ? [{ type: 'table', title: 'Spending by category', ...table }] : []),
    ],
    tool_calls: [
      query(
        { measure: 'spending', group_by: 'category', limit: 6 },
        { rows: CATEGORIES.map(([label, amount_minor]) => ({ key: label, label, amount_minor })) },
      ),
    ],
    figures: CATEGORIES.map(([, minor], index) => ({
      id: `f${index + 1}`,
      text: money(minor),
      value: minor,
      unit: 'EUR',
      kind: 'money',
      source: cell(`/rows/${index}/amount_minor`),
    })),
  };
}

function byMonth(): FakeTurn {
  const answer = 'Your spending moved between €1,594.33 (Feb 2026) and €2,218.74 (Jul 2026) this year.';
  const points = MONTHS.map(([x, y], index) => ({ x, y, text: money(y), source: cell(`/rows/${index}/amount_minor`) }));
  const rows = MONTHS.map(([label, minor], index) => ({
    label: { value: label, text: label },
    amount_minor: { value: minor, text: money(minor), source: cell(`/rows/${index}/amount_minor`) },
  }));
  return {
    ...base,
    answer,
    partial: true,
    blocks: [
      { type: 'text', text: answer, figures: ['f1', 'f2'] },
      {
        type: 'chart',
        title: 'Spending by month',
        kind: 'line',
        series: [{ name: 'Spent', points }],
        unit: 'EUR',
        table: {
          columns: [
            { key: 'label', label: 'Month', kind: 'text' },
            { key: 'amount_minor', label: 'Spent', kind: 'money' },
          ],
          rows,
        },
      },
    ],
    tool_calls: [
      query(
        { measure: 'spending', group_by: 'month' },
        { rows: MONTHS.map(([label, amount_minor]) => ({ key: label, label, amount_minor })) },
      ),
    ],
    figures: [
      { id: 'f1', text: '€1,594.33', value: 159433, unit: 'EUR', kind: 'money', source: cell('/rows/1/amount_minor') },
      { id: 'f2', text: '€2,218.74', value: 221874, unit: 'EUR', kind: 'money', source: cell('/rows/6/amount_minor') },
    ],
  };
}

function proposal(): FakeTurn {
  const told = {
    id: 'prp_00000000000000000000000000000001',
    kind: 'budget',
    arguments: { category: 'Groceries', amount_minor: 40000, currency: 'EUR', period: 'month' },
    provenance: { category: 'from this conversation', amount_minor: 'from this conversation', period: 'from this conversation' },
    arguments_sha256: 'a'.repeat(64),
    effect: { before: { limit_minor: null }, after: { limit_minor: 40000 }, currency: 'EUR' },
    expires_at: '2026-11-22T10:00:00Z',
  };
  const answer = 'I wrote this down as a proposal; it is not in force.';
  return {
    ...base,
    answer,
    status: 'proposed',
    blocks: [
      { type: 'text', text: answer, figures: [] },
      { type: 'card', kind: 'proposal', proposal: told },
    ],
    proposals: [told],
  };
}

function clarify(): FakeTurn {
  const answer = 'Do you mean the payments to the gym, or the whole category Health?';
  return {
    ...base,
    answer,
    status: 'clarify',
    blocks: [
      { type: 'text', text: answer, figures: [] },
      {
        type: 'quick_replies',
        replies: [
          { label: 'The gym', text: 'What did I pay the gym last month?' },
          { label: 'All of Health', text: 'What did I spend on health last month?' },
        ],
      },
    ],
  };
}

function refused(): FakeTurn {
  const answer = 'I answer questions about your own records, so I cannot say what the weather will be.';
  return { ...base, answer, status: 'out_of_scope', blocks: [{ type: 'text', text: answer, figures: [] }] };
}

const BY_WORD: [RegExp, () => FakeTurn][] = [
  [/category|where does/i, () => byCategory('bar')],
  [/donut|share/i, () => byCategory('donut')],
  [/by month|months/i, byMonth],
  [/budget/i, proposal],
  [/gym\?|health\?/i, clarify],
  [/weather/i, refused],
];

export function turnFor(text: string, id: string) {
  const make = BY_WORD.find(([word]) => word.test(text))?.[1] ?? spending;
  return { id, text, ...make(), versions: {}, timings: {} };
}
