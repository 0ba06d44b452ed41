import { Button, Result } from 'antd';

import type { Imported } from '../../api/imports';
import { counted } from '../../lib/words';
import { RejectedRows } from './RejectedRows';

interface Props {
  done: Imported;
  onClose: () => void;
  onAsk: () => void;
  onAnother: () => void;
  onRest: () => void;
}

export function DoneStep({ done, onClose, onAsk, onAnother, onRest }: Props) {
  return (
    <div role="status">
      <Result
        status={done.imported > 0 ? 'success' : 'info'}
        title={done.imported > 0 ? `${counted(done.imported, 'row')} imported` : 'Nothing new in this file'}
        subTitle={doneWords(done)}
        extra={[
          <Button key="ask" type="primary" onClick={onAsk}>
            Ask about it
          </Button>,
          <Button key="another" onClick={onAnother}>
            Import another file
          </Button>,
          <Button key="close" onClick={onClose}>
            Close
          </Button>,
        ]}
      />
      {done.others.length > 0 && (
        <section aria-label="Left out" className="left-out">
          <p>{`The file also holds ${done.others.map(({ label, rows_count }) => `${label} (${counted(rows_count, 'row')})`).join(', ')}.`}</p>
          <Button onClick={onRest}>Import another account of this file</Button>
        </section>
      )}
      <RejectedRows rejected={done.rejected} />
    </div>
  );
}

function doneWords({ duplicates, rejected }: Imported): string {
  const words = [
    duplicates > 0 ? `${counted(duplicates, 'row')} had been imported before and ${duplicates === 1 ? 'was' : 'were'} left out.` : '',
    rejected.length > 0 ? `${counted(rejected.length, 'row')} could not be read.` : '',
    'You can undo this import at any time from the list of imports.',
  ];
  return words.filter((word) => word !== '').join(' ');
}
