import { Button } from 'antd';

interface Props {
  name: string;
  hasFacts: boolean;
  onAsk: (text: string) => void;
  onImport: () => void;
}

const OPENERS = [
  'What did I spend last month?',
  'Where does my money go?',
  'How does this month compare with last month?',
  'What were my largest purchases this year?',
];

export function EmptyChat({ name, hasFacts, onAsk, onImport }: Props) {
  const first = name.split(' ')[0] ?? name;
  return (
    <div className="empty-chat">
      <div className="welcome">
        <h3>{first === '' ? 'Hello' : `Hello ${first}`}</h3>
        <p>
          {hasFacts
            ? 'Ask about your spending, income, balances or budgets in your own words. Each figure in an answer can be traced to the rows behind it.'
            : 'Steward answers from your own records, and there are none yet. Import an export of your bank to begin.'}
        </p>
      </div>
      {hasFacts ? (
        <div className="openers" role="group" aria-label="Questions to begin with">
          {OPENERS.map((question) => (
            <button key={question} type="button" onClick={() => onAsk(question)}>
              {question}
            </button>
          ))}
        </div>
      ) : (
        <Button type="primary" size="large" onClick={onImport}>
          Import a bank export
        </Button>
      )}
    </div>
  );
}
