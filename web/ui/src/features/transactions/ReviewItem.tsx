import { CheckOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import type { ToReview } from '../../api/transactions';
import { CategorySelect } from '../../lib/CategorySelect';
import { formatDay } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import type { Correction } from '../../lib/useCorrection';
import { counted } from '../../lib/words';

interface Props {
  item: ToReview;
  currency: string;
  correction: Correction;
}

export function ReviewItem({ item, currency, correction }: Props) {
  const { transaction, suggestion, similar_count: similar } = item;
  const { id, merchant, description, booked_on: on, amount_minor: amount, account } = transaction;
  const name = merchant || description;
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <span className="quiet">
          {formatDay(on)} · {account}
          {similar > 0 && ` · ${counted(similar, 'more')} like it`.replace('mores', 'more')}
        </span>
      </div>
      <b className={amount > 0 ? 'in' : undefined}>{formatMoney(amount, transaction.currency ?? currency, { signed: true })}</b>
      <div className="review-choice">
        {suggestion !== null && (
          <Button
            size="small"
            icon={<CheckOutlined aria-hidden />}
            disabled={correction.isPending}
            onClick={() => correction.change(id, { category: suggestion.category })}
          >
            {suggestion.category}
            <span className="hidden-words"> for {name}</span>
          </Button>
        )}
        <CategorySelect
          label={`Category of ${name}`}
          size="small"
          placeholder={suggestion === null ? 'Choose a category' : 'Another'}
          disabled={correction.isPending}
          onChange={(category) => correction.change(id, { category })}
        />
      </div>
    </li>
  );
}
