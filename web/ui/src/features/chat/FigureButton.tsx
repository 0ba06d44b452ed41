import { usePress } from './figureContext';
import { type Figure, figureAt, type Source, type Turn } from './turn';

interface FigureProps {
  turn: Turn;
  figure: Figure;
}

/** A figure in running text: press it, see what is behind it. */
export function FigureButton({ turn, figure }: FigureProps) {
  const press = usePress();
  return (
    <button
      type="button"
      className="figure"
      aria-haspopup="dialog"
      onClick={() => press({ turn, figure, source: figure.source, text: figure.text })}
    >
      {figure.text}
    </button>
  );
}

interface SourcedProps {
  turn: Turn;
  text: string;
  source: Source | null;
}

/** The text of a cell or point, pressable when it says where it comes from. */
export function Sourced({ turn, text, source }: SourcedProps) {
  const press = usePress();
  if (source === null) return <>{text}</>;
  const figure = figureAt(turn, source) ?? null;
  return (
    <button type="button" className="figure" aria-haspopup="dialog" onClick={() => press({ turn, figure, source, text })}>
      {text}
    </button>
  );
}
