import type { FactRow } from '../api/books';
import { formatDay } from './dates';
import { formatMoney } from './money';

export function FactList({ facts, currency }: { facts: FactRow[]; currency: string }) {
  return (
    <ul className="facts">
      {facts.map((fact, index) => (
        <li key={`${fact.id} ${index}`}>
          <div>
            <strong>{fact.merchant || fact.description}</strong>
            <b className={fact.amount_minor > 0 ? 'in' : undefined}>
              {formatMoney(fact.amount_minor, fact.currency ?? currency, { signed: true })}
            </b>
          </div>
          <div className="quiet">
            <span>
              <time dateTime={fact.booked_on}>{formatDay(fact.booked_on)}</time> · {fact.account}
            </span>
            <span>{fact.category}</span>
          </div>
          {fact.description !== '' && fact.description !== fact.merchant && <div className="raw">{fact.description}</div>}
        </li>
      ))}
    </ul>
  );
}
