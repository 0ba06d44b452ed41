import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';

import { booksChanged } from '../../api/stale';
import { changeTransactions } from '../../api/transactions';
import { CategorySelect } from '../../lib/CategorySelect';
import { Failure } from '../../lib/Failure';
import { counted } from '../../lib/words';

interface Props {
  selected: ReadonlySet<string>;
  onClear: () => void;
}

const AT_ONCE = 500;

/** What can be done with several bookings at a time. */
export function SelectionBar({ selected, onClear }: Props) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const changing = useMutation({
    mutationFn: (category: string) => changeTransactions([...selected], category),
    onSuccess: ({ changed_count: count }, category) => {
      void message.success(`${counted(count, 'booking')} moved to ${category}.`);
      onClear();
      return booksChanged(queries);
    },
  });
  if (selected.size === 0) return null;
  return (
    <div className="selection-bar" role="region" aria-label="Selected transactions">
      <strong role="status">{counted(selected.size, 'booking')} selected</strong>
      {selected.size > AT_ONCE ? (
        <span className="quiet">At most {AT_ONCE} can be moved at once.</span>
      ) : (
        <CategorySelect
          label="Move them to"
          placeholder="Move to a category"
          disabled={changing.isPending}
          onChange={(category) => changing.mutate(category)}
        />
      )}
      <Button type="text" onClick={onClear}>
        Clear
      </Button>
      {changing.isError && <Failure what="Nothing was moved." error={changing.error} />}
    </div>
  );
}
