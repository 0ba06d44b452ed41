import { Button } from 'antd';

import { isTransient, sentence } from '../api/problem';

interface Props {
  what: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** What could not be done, why in one sentence, and a way to try again where that may help. */
export function Failure({ what, error, onRetry }: Props) {
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{what}</strong> {sentence(error)}
      </p>
      {onRetry !== undefined && isTransient(error) && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
