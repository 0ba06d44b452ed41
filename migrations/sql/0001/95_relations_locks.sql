-- The names of the people on the other side of the reader's own relations, and no more of them.
create function customers.related() returns table (relation_id uuid, advises boolean, person_id uuid, name text, since timestamptz)
language sql stable security definer set search_path = '' as $$
    select r.id, r.advisor_id = public.app_customer(), c.id, c.name, r.since
    from customers.relations r
    join customers.customers c on c.id = case when r.advisor_id = public.app_customer() then r.customer_id else r.advisor_id end
    where r.ended_at is null and r.firm_id = public.app_firm() and public.app_customer() in (r.advisor_id, r.customer_id)
    order by c.name, r.id
$$;
revoke execute on function customers.related() from public;

grant select, insert on customers.relations to @app@;
grant execute on function customers.related() to @reader@;
create policy owner on customers.relations for select to @owner@ using (true);
