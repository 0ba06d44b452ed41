import { Form, Input, Select } from 'antd';

import { type Account, ACCOUNT_KINDS } from '../../api/accounts';
import { formatDay } from '../../lib/dates';
import { formatMoney, parseMoney } from '../../lib/money';
import type { Draft } from './draft';

interface Props {
  draft: Draft;
  accounts: Account[];
  firstOn: string | null;
  onChange: (draft: Draft) => void;
}

const NEW = 'new';
const CURRENCIES = Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: code }));

/** Into an account that is known, whose kind and currency stand, or into a new one. */
export function AccountChoice({ draft, accounts, firstOn, onChange }: Props) {
  const choose = (id: string) => {
    const account = accounts.find((known) => known.id === id);
    if (account === undefined) onChange({ ...draft, accountId: null, accountName: '' });
    else onChange({ ...draft, accountId: id, accountName: account.name, accountKind: account.kind, currency: account.currency });
  };
  const minor = parseMoney(draft.opening, draft.currency);
  const isNew = draft.accountId === null;
  return (
    <section aria-labelledby="account-choice">
      <h3 id="account-choice">Account</h3>
      <Form layout="vertical" component="div" className="fields">
        {accounts.length > 0 && (
          <Form.Item label="Import into" htmlFor="import-into">
            <Select
              id="import-into"
              value={draft.accountId ?? NEW}
              onChange={choose}
              options={[...accounts.map(({ id, name }) => ({ value: id, label: name })), { value: NEW, label: 'A new account' }]}
            />
          </Form.Item>
        )}
        {isNew && (
          <>
            <Form.Item label="Name of the account" htmlFor="account-name">
              <Input
                id="account-name"
                value={draft.accountName}
                maxLength={120}
                placeholder="Everyday account"
                autoComplete="off"
                onChange={(event) => onChange({ ...draft, accountName: event.target.value })}
              />
            </Form.Item>
            <Form.Item label="Kind" htmlFor="account-kind">
              <Select
                id="account-kind"
                value={draft.accountKind}
                options={[...ACCOUNT_KINDS]}
                onChange={(accountKind) => onChange({ ...draft, accountKind })}
              />
            </Form.Item>
            <Form.Item label="Currency" htmlFor="account-currency">
              <Select
                id="account-currency"
                showSearch
                value={draft.currency}
                options={CURRENCIES}
                onChange={(currency) => onChange({ ...draft, currency })}
              />
            </Form.Item>
          </>
        )}
        <Form.Item
          className="wide-field"
          label="Opening balance (optional)"
          htmlFor="opening-balance"
          validateStatus={draft.opening.trim() !== '' && minor === null ? 'error' : ''}
          extra={openingWords(draft, minor, firstOn)}
        >
          <Input
            id="opening-balance"
            inputMode="decimal"
            autoComplete="off"
            value={draft.opening}
            onChange={(event) => onChange({ ...draft, opening: event.target.value })}
          />
        </Form.Item>
      </Form>
    </section>
  );
}

function openingWords(draft: Draft, minor: number | null, firstOn: string | null): string {
  if (draft.opening.trim() !== '')
    return minor === null ? 'This cannot be read in one way. Write it like 1234.56.' : `Read as ${formatMoney(minor, draft.currency)}`;
  const when = firstOn === null ? 'before the first row' : `before the first row, ${formatDay(firstOn)}`;
  return draft.accountKind === 'card'
    ? `What the account stood at ${when}: what is owed has a minus.`
    : `What the account stood at ${when}, if the file does not say balances.`;
}
