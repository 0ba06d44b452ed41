import { InboxOutlined } from '@ant-design/icons';
import { type DragEvent, useState } from 'react';

interface Props {
  onFile: (file: File) => void;
}

const MAX_BYTES = 20 * 1024 * 1024;

export function FileStep({ onFile }: Props) {
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState('');
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file === undefined) return;
    const refusal = refuse(file);
    setProblem(refusal);
    if (refusal === '') onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <>
      <label
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined aria-hidden />
        <strong>Drop a CSV file here, or choose one</strong>
        <span className="quiet">
          As your bank gives it: any order of columns, with or without a header. Nothing is kept before you confirm.
        </span>
        <input type="file" accept=".csv,.txt,.tsv,text/csv" aria-label="CSV file" onChange={(event) => take(event.target.files)} />
      </label>
      {problem !== '' && (
        <p className="failure" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function refuse(file: File): string {
  if (file.size === 0) return `${file.name} is empty.`;
  if (file.size > MAX_BYTES) return `${file.name} is larger than 20 MB. Export a shorter period.`;
  return /\.(xlsx?|pdf|ofx|qif|zip)$/i.test(file.name) ? `${file.name} is not a CSV file. Choose "CSV" when you export at your bank.` : '';
}
