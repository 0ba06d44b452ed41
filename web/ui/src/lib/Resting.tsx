interface Props {
  lines: number;
  label: string;
}

/** Quiet bars where content will be. */
export function Resting({ lines, label }: Props) {
  return (
    <div className="resting" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  );
}
