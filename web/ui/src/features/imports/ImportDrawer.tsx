import { Drawer, Steps } from 'antd';
import { useState } from 'react';

import type { Account } from '../../api/accounts';
import type { Imported } from '../../api/imports';
import { CheckStep } from './CheckStep';
import { DoneStep } from './DoneStep';
import { type Draft, newDraft } from './draft';
import { FileStep } from './FileStep';
import { ImportHistory } from './ImportHistory';

interface Props {
  open: boolean;
  accounts: Account[];
  currency: string;
  timeZone: string;
  onClose: () => void;
  onAsk: () => void;
  /** After it has gone and given the keyboard back. */
  onClosed: () => void;
}

/** From a file to facts in three steps; closing on the way leaves nothing behind. */
export default function ImportDrawer({ open, accounts, currency, timeZone, onClose, onAsk, onClosed }: Props) {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={760}
      title="Import a bank export"
      destroyOnHidden
      afterOpenChange={(shown) => !shown && onClosed()}
      className="import-drawer"
    >
      {open && <ImportSteps accounts={accounts} currency={currency} timeZone={timeZone} onClose={onClose} onAsk={onAsk} />}
    </Drawer>
  );
}

function ImportSteps({ accounts, currency, timeZone, onClose, onAsk }: Omit<Props, 'open' | 'onClosed'>) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [done, setDone] = useState<Imported | null>(null);
  const step = done !== null ? 2 : draft !== null ? 1 : 0;
  const restart = () => {
    setDraft(null);
    setDone(null);
  };
  const again = () => {
    if (draft !== null) setDraft(newDraft(draft.file, currency));
    setDone(null);
  };
  return (
    <div className="import">
      <Steps size="small" current={step} responsive={false} items={[{ title: 'File' }, { title: 'Check' }, { title: 'Done' }]} />
      {step === 0 && (
        <>
          <FileStep onFile={(file) => setDraft(newDraft(file, currency))} />
          <section aria-labelledby="earlier-imports">
            <h3 id="earlier-imports">Earlier imports</h3>
            <ImportHistory timeZone={timeZone} />
          </section>
        </>
      )}
      {step === 1 && draft !== null && (
        <CheckStep draft={draft} accounts={accounts} onChange={setDraft} onBack={restart} onDone={setDone} />
      )}
      {done !== null && <DoneStep done={done} onClose={onClose} onAsk={onAsk} onAnother={restart} onRest={again} />}
    </div>
  );
}
