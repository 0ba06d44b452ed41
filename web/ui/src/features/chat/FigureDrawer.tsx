import { Drawer } from 'antd';
import { useState } from 'react';

import { FigureFormula } from './FigureFormula';
import { FigureRows } from './FigureRows';
import { FigureTrace } from './FigureTrace';
import type { Pressed } from './figureContext';
import { isFormula } from './turn';

interface Props {
  conversationId: string;
  pressed: Pressed | null;
  currency: string;
  onClose: () => void;
}

const KIND_NAMES: Record<string, string> = { money: 'Amount', count: 'Count', ratio: 'Share', date: 'Date' };

export function FigureDrawer({ conversationId, pressed, currency, onClose }: Props) {
  return (
    <Drawer
      open={pressed !== null}
      onClose={onClose}
      size={560}
      title={pressed === null ? '' : 'Where this comes from'}
      destroyOnHidden
      className="figure-drawer"
    >
      {pressed !== null && (
        <Behind
          key={`${pressed.turn.id}${JSON.stringify(pressed.source)}${pressed.text}`}
          conversationId={conversationId}
          first={pressed}
          currency={currency}
        />
      )}
    </Drawer>
  );
}

/** One figure after another: an input of a formula opens in the same drawer, with a way back. */
function Behind({ conversationId, first, currency }: { conversationId: string; first: Pressed; currency: string }) {
  const [trail, setTrail] = useState<Pressed[]>([first]);
  const shown = trail.at(-1) ?? first;
  const { turn, figure, source } = shown;
  return (
    <>
      {trail.length > 1 && (
        <button type="button" className="link" onClick={() => setTrail(trail.slice(0, -1))}>
          ← Back to {trail.at(-2)?.text}
        </button>
      )}
      <header className="figure-head">
        <span>{KIND_NAMES[figure?.kind ?? ''] ?? 'Figure'}</span>
        <h2>{shown.text}</h2>
      </header>
      {source !== null && isFormula(source) && (
        <FigureFormula turn={turn} formula={source} onPress={(next) => setTrail([...trail, next])} />
      )}
      {figure !== null && (
        <FigureRows
          conversationId={conversationId}
          turnId={turn.id}
          figureId={figure.id}
          currency={currency}
          hasFormula={source !== null && isFormula(source)}
        />
      )}
      {source !== null && !isFormula(source) && <FigureTrace turn={turn} source={source} currency={currency} showFact={figure === null} />}
    </>
  );
}
