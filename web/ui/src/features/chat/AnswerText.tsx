import type { Span } from './bindFigures';
import { FigureButton } from './FigureButton';
import type { Figure, Turn } from './turn';

interface Props {
  turn: Turn;
  spans: Span[];
}

interface Piece {
  before: string;
  text: string;
  after: string;
  figure: Figure | null;
}

/** Paragraphs are parted by blank lines; a single line break stays a line break (by CSS). */
export function AnswerText({ turn, spans }: Props) {
  return (
    <>
      {paragraphs(spans).map((paragraph, index) => (
        <p key={index} className="answer-text">
          {held(paragraph).map(({ before, text, after, figure }, at) =>
            figure === null ? (
              <span key={at}>{text}</span>
            ) : (
              <span key={at} className="held">
                {before}
                <FigureButton turn={turn} figure={figure} />
                {after}
              </span>
            ),
          )}
        </p>
      ))}
    </>
  );
}

function paragraphs(spans: Span[]): Span[][] {
  const all: Span[][] = [[]];
  for (const span of spans) {
    const pieces = span.figure === null ? span.text.split(/\n{2,}/) : [span.text];
    pieces.forEach((piece, index) => {
      if (index > 0) all.push([]);
      if (piece !== '') all.at(-1)?.push({ text: piece, figure: span.figure });
    });
  }
  return all.filter((paragraph) => paragraph.length > 0);
}

/** A bracket before a figure and the full stop behind it stay on its line: a button alone would let the line break there. */
function held(spans: Span[]): Piece[] {
  const pieces: Piece[] = spans.map(({ text, figure }) => ({ before: '', text, after: '', figure }));
  pieces.forEach((piece, index) => {
    if (piece.figure === null) return;
    const previous = pieces[index - 1];
    const next = pieces[index + 1];
    if (previous?.figure === null) {
      piece.before = /[^\s\w]+$/.exec(previous.text)?.[0] ?? '';
      previous.text = previous.text.slice(0, previous.text.length - piece.before.length);
    }
    if (next?.figure === null) {
      piece.after = /^[^\s\w]+/.exec(next.text)?.[0] ?? '';
      next.text = next.text.slice(piece.after.length);
    }
  });
  return pieces;
}
