-- The laws that no writer can break, whatever its code says.

create function ledger.entries_sum_to_zero() returns trigger language plpgsql as $$
declare
    wrong uuid;
begin
    select transfer_id into wrong from added group by transfer_id, currency having sum(amount_minor) <> 0 or count(*) < 2 limit 1;
    if wrong is not null then
        raise exception 'entries of transfer % do not sum to zero', wrong using errcode = 'check_violation';
    end if;
    return null;
end $$;

create trigger entries_sum_to_zero after insert on ledger.entries
    referencing new table as added for each statement execute function ledger.entries_sum_to_zero();

create function ledger.never() returns trigger language plpgsql as $$
begin
    raise exception '% on %.% is not allowed: facts are immutable', tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger entries_are_immutable before update or delete or truncate on ledger.entries
    for each statement execute function ledger.never();
create trigger transfers_are_immutable before update or delete or truncate on ledger.transfers
    for each statement execute function ledger.never();
create trigger facts_are_immutable before update or delete or truncate on ledger.facts
    for each statement execute function ledger.never();
create trigger operations_are_immutable before update or delete or truncate on ledger.operations
    for each statement execute function ledger.never();

create trigger decisions_are_immutable before update or delete or truncate on ledger.decisions
    for each statement execute function ledger.never();

create function ledger.keep_enrichment_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
    insert into ledger.enrichment_changes (transfer_id, customer_id, firm_id, changed_at, changed_by, before, after)
    select o.transfer_id, o.customer_id, o.firm_id, now(), coalesce(nullif(current_setting('app.user', true), ''), session_user),
        jsonb_build_object('merchant', o.merchant, 'category', o.category, 'flow', o.flow, 'linked_to', o.linked_to, 'hidden', o.hidden,
            'category_source', o.category_source, 'note', o.note),
        jsonb_build_object('merchant', n.merchant, 'category', n.category, 'flow', n.flow, 'linked_to', n.linked_to, 'hidden', n.hidden,
            'category_source', n.category_source, 'note', n.note)
    from before_rows o join after_rows n on n.transfer_id = o.transfer_id
    where (o.merchant, o.category, o.category_source, o.flow, o.hidden, o.linked_to, o.note)
        is distinct from (n.merchant, n.category, n.category_source, n.flow, n.hidden, n.linked_to, n.note);
    return null;
end $$;

create trigger enrichment_changes_are_kept after update on ledger.enrichment
    referencing old table as before_rows new table as after_rows for each statement execute function ledger.keep_enrichment_change();
