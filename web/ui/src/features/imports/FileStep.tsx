import { InboxOutlined } from '@ant-design/icons';
import { type DragEvent, useState } from 'react';

interface Props {
  onFile: (file: File) => void;
}

const ENDINGS = '.csv,.txt,.tsv,.ofx,.qfx,.qbo,.qif,.xml,.sta,.mt940,.940,.swi,.json';
const MAX_BYTES = 64 * 1024 * 1024;

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
        <strong>Drop a file of your bank here, or choose one</strong>
        <span className="quiet">CSV, OFX, QIF, CAMT, MT940 or JSON, as your bank gives it. Nothing is kept before you confirm.</span>
        <input type="file" accept={ENDINGS} aria-label="Bank file" onChange={(event) => take(event.target.files)} />
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
  if (file.size > MAX_BYTES) return `${file.name} is larger than 64 MB. Export a shorter period.`;
  return /\.(xlsx?|pdf|zip)$/i.test(file.name) ? `${file.name} cannot be read. Choose CSV, OFX or CAMT when you export at your bank.` : '';
}
