import { limit, Prisma, type Queryable } from '../../engine/database.ts';
import type { TableName } from '../../engine/tables.ts';

const idsOf = async (db: Queryable, query: Prisma.Sql): Promise<number[]> => (await db.read<{ id: number }>(query)).map(({ id }) => id);

/** Orders since before a moment that a former member was a party of. */
const ofFormerMembers = (party: 'BuyerId' | 'SellerId', before: Date) => Prisma.sql`
  FROM Users u JOIN Orders o ON o.${Prisma.raw(party)} = u.Id
  WHERE u.DeletedAt IS NOT NULL AND o.UpdatedAt < ${before}`;

/** What leads from a payment to a person at its provider. */
async function forgetPayments(db: Queryable, before: Date, rows: number): Promise<number> {
  let forgotten = 0;
  for (const party of ['BuyerId', 'SellerId'] as const) {
    const ids = await idsOf(
      db,
      Prisma.sql`SELECT o.Id AS id ${ofFormerMembers(party, before)}
        AND EXISTS (SELECT 1 FROM Payments p WHERE p.OrderId = o.Id AND (p.Reference <> '' OR p.Failure IS NOT NULL))
        ORDER BY o.Id ${limit(db.engine, rows)}`,
    );
    if (ids.length === 0) continue;
    const orders = Prisma.join(ids);
    await db.write(Prisma.sql`UPDATE Chargebacks SET Reference = CONCAT('erased-', Id) WHERE OrderId IN (${orders})`);
    await db.write(Prisma.sql`UPDATE Refunds SET Reference = '', Failure = NULL WHERE OrderId IN (${orders})`);
    forgotten += await db.write(Prisma.sql`UPDATE Payments SET Reference = '', Failure = NULL WHERE OrderId IN (${orders})`);
  }
  return forgotten;
}

/** The same of charges: by their buyers. */
async function forgetCharges(db: Queryable, before: Date, rows: number): Promise<number> {
  const ids = await idsOf(
    db,
    Prisma.sql`SELECT c.Id AS id FROM Charges c JOIN Users u ON u.Id = c.BuyerId
      WHERE u.DeletedAt IS NOT NULL AND c.UpdatedAt < ${before} AND (c.Reference <> '' OR c.Failure IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM Payments p JOIN Orders o ON o.Id = p.OrderId WHERE p.ChargeId = c.Id AND o.UpdatedAt >= ${before})
      ORDER BY c.Id ${limit(db.engine, rows)}`,
  );
  if (ids.length === 0) return 0;
  return db.write(Prisma.sql`UPDATE Charges SET Reference = '', Failure = NULL WHERE Id IN (${Prisma.join(ids)})`);
}

const NO_ADDRESS = Prisma.sql`RecipientName = NULL, Line1 = NULL, Line2 = NULL, PostalCode = NULL, City = NULL, Region = NULL, Country = NULL,
  Phone = NULL`;

/** Where parcels of former members went, returns to them too, and what they wrote to sellers. */
async function forgetDeliveries(db: Queryable, before: Date, rows: number): Promise<number> {
  const noted = await idsOf(
    db,
    Prisma.sql`SELECT o.Id AS id ${ofFormerMembers('BuyerId', before)} AND o.Note IS NOT NULL ORDER BY o.Id ${limit(db.engine, rows)}`,
  );
  if (noted.length > 0) await db.write(Prisma.sql`UPDATE Orders SET Note = NULL WHERE Id IN (${Prisma.join(noted)})`);
  const groups = await idsOf(
    db,
    Prisma.sql`SELECT g.Id AS id FROM OrderGroups g JOIN Users u ON u.Id = g.BuyerId
      WHERE u.DeletedAt IS NOT NULL AND g.Country IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM Orders o WHERE o.GroupId = g.Id AND o.UpdatedAt >= ${before})
      ORDER BY g.Id ${limit(db.engine, rows)}`,
  );
  if (groups.length > 0) await db.write(Prisma.sql`UPDATE OrderGroups SET ${NO_ADDRESS} WHERE Id IN (${Prisma.join(groups)})`);
  const returns = await idsOf(
    db,
    Prisma.sql`SELECT r.Id AS id FROM Returns r WHERE r.Country IS NOT NULL
      AND r.OrderId IN (SELECT o.Id ${ofFormerMembers('SellerId', before)}) ORDER BY r.Id ${limit(db.engine, rows)}`,
  );
  if (returns.length > 0) await db.write(Prisma.sql`UPDATE Returns SET ${NO_ADDRESS} WHERE Id IN (${Prisma.join(returns)})`);
  return noted.length + groups.length + returns.length;
}

/** Charges that pay no order any more: those of deleted orders, and those that were tried for a checkout without orders. */
async function deleteCharges(db: Queryable, ids: readonly number[], groups: readonly number[]): Promise<void> {
  const unused = Prisma.sql`NOT EXISTS (SELECT 1 FROM Payments p WHERE p.ChargeId = Charges.Id)`;
  if (ids.length > 0) await db.write(Prisma.sql`DELETE FROM Charges WHERE Id IN (${Prisma.join([...ids])}) AND ${unused}`);
  if (groups.length > 0)
    await db.write(Prisma.sql`
      DELETE FROM Charges WHERE GroupId IN (${Prisma.join([...groups])}) AND ${unused}
        AND NOT EXISTS (SELECT 1 FROM Orders o WHERE o.GroupId = Charges.GroupId)`);
}

/** Orders between former members, which are of no use to anyone. One that a rating rests on stays, without its title. */
async function deleteOrders(db: Queryable, before: Date, rows: number): Promise<number> {
  const between = Prisma.sql`${ofFormerMembers('BuyerId', before)} AND EXISTS (SELECT 1 FROM Users s WHERE s.Id = o.SellerId AND s.DeletedAt IS NOT NULL)`;
  const rated = Prisma.sql`EXISTS (SELECT 1 FROM SellerRatings r WHERE r.OrderId = o.Id)`;
  const ids = await idsOf(db, Prisma.sql`SELECT o.Id AS id ${between} AND NOT ${rated} ORDER BY o.Id ${limit(db.engine, rows)}`);
  if (ids.length > 0) {
    const orders = Prisma.join(ids);
    await db.write(Prisma.sql`DELETE FROM InvoiceLines WHERE InvoiceId IN (SELECT i.Id FROM Invoices i WHERE i.OrderId IN (${orders}))`);
    await db.write(Prisma.sql`DELETE FROM Invoices WHERE OrderId IN (${orders}) AND CorrectsId IS NOT NULL`);
    const groups = await idsOf(
      db,
      Prisma.sql`SELECT DISTINCT o.GroupId AS id FROM Orders o WHERE o.Id IN (${orders}) AND o.GroupId IS NOT NULL`,
    );
    const charges = await idsOf(
      db,
      Prisma.sql`SELECT DISTINCT p.ChargeId AS id FROM Payments p WHERE p.OrderId IN (${orders}) AND p.ChargeId IS NOT NULL`,
    );
    for (const table of ['Invoices', 'OrderFeeLines', 'OrderFees', 'Refunds', 'Chargebacks', 'Payments'] satisfies TableName[])
      await db.write(Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE OrderId IN (${orders})`);
    const disputes = Prisma.sql`SELECT d.Id FROM OrderDisputes d WHERE d.OrderId IN (${orders})`;
    for (const table of ['DisputeFiles', 'DisputeEvents'] satisfies TableName[])
      await db.write(Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE DisputeId IN (${disputes})`);
    const returns = Prisma.sql`SELECT r.Id FROM Returns r WHERE r.OrderId IN (${orders})`;
    for (const table of ['ReturnEvents', 'ReturnItems'] satisfies TableName[])
      await db.write(Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE ReturnId IN (${returns})`);
    await db.write(Prisma.sql`DELETE FROM Returns WHERE OrderId IN (${orders})`);
    await db.write(Prisma.sql`DELETE FROM OrderDisputes WHERE OrderId IN (${orders})`);
    for (const table of ['OrderEvents', 'CancelledItems', 'OrderItems'] satisfies TableName[])
      await db.write(Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE OrderId IN (${orders})`);
    await db.write(Prisma.sql`DELETE FROM Orders WHERE Id IN (${orders})`);
    await deleteCharges(db, charges, groups);
    if (groups.length > 0)
      await db.write(Prisma.sql`
        DELETE FROM OrderGroups WHERE Id IN (${Prisma.join(groups)}) AND NOT EXISTS (SELECT 1 FROM Orders o WHERE o.GroupId = OrderGroups.Id)`);
  }
  const titled = await idsOf(
    db,
    Prisma.sql`SELECT o.Id AS id ${between} AND ${rated} AND o.Title <> 'Purchase' ORDER BY o.Id ${limit(db.engine, rows)}`,
  );
  if (titled.length > 0) await db.write(Prisma.sql`UPDATE Orders SET Title = 'Purchase' WHERE Id IN (${Prisma.join(titled)})`);
  if (titled.length > 0) await db.write(Prisma.sql`UPDATE OrderItems SET Title = 'Purchase' WHERE OrderId IN (${Prisma.join(titled)})`);
  return ids.length + titled.length;
}

/** Removes what is left of former members in money records since before a moment. Returns how many rows, 0 when nothing is left. */
export const expireMoneyRecords = async (db: Queryable, before: Date, rows: number): Promise<number> =>
  (await forgetPayments(db, before, rows)) +
  (await forgetCharges(db, before, rows)) +
  (await forgetDeliveries(db, before, rows)) +
  (await deleteOrders(db, before, rows));
