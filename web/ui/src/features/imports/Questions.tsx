import { Radio } from 'antd';

import type { ImportQuestion } from '../../api/problem';

interface Props {
  questions: { question: ImportQuestion; choice: number | null }[];
  onAnswer: (question: ImportQuestion, choice: number) => void;
}

/** What the file leaves open: asked, never guessed. */
export function Questions({ questions, onAnswer }: Props) {
  return (
    <section className="questions" aria-label="Questions about the file">
      {questions.map(({ question, choice }) => (
        <fieldset key={`${question.code} ${question.field}`}>
          <legend>{question.message}</legend>
          <Radio.Group
            name={`${question.code} ${question.field}`}
            value={choice}
            vertical
            onChange={(event) => onAnswer(question, Number(event.target.value))}
            options={question.choices.map(({ label }, index) => ({ value: index, label }))}
          />
        </fieldset>
      ))}
    </section>
  );
}
