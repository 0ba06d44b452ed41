import { Button } from 'antd';
import { useState } from 'react';

import type { RejectedRow } from '../../api/imports';
import { counted } from '../../lib/words';

const SHOWN_AT_FIRST = 10;

/** Rows that will not be imported: where, why, and what they say. */
export function RejectedRows({ rejected }: { rejected: RejectedRow[] }) {
  const [all, setAll] = useState(false);
  if (rejected.length === 0) return null;
  const shown = all ? rejected : rejected.slice(0, SHOWN_AT_FIRST);
  return (
    <section className="rejected" aria-labelledby="rejected-rows">
      <h3 id="rejected-rows">{counted(rejected.length, 'row')} rejected</h3>
      <ul>
        {shown.map((row) => (
          <li key={`${row.line} ${row.field}`}>
            <span>
              <strong>Line {row.line}</strong>
              {row.field !== '' && <span className="quiet"> {row.field}</span>}: {row.reason}
            </span>
            {row.raw !== '' && <code>{row.raw}</code>}
          </li>
        ))}
      </ul>
      {shown.length < rejected.length && (
        <Button size="small" type="link" onClick={() => setAll(true)}>
          Show all {rejected.length}
        </Button>
      )}
    </section>
  );
}
