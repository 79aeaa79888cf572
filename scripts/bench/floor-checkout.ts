import type Database from 'better-sqlite3';

/** What the floor is asked: ids and numbers. */
type Input = Record<string, number>;

/** The writes of a checkout and of its payment, without their rules: an order is placed in one transaction, and paid in two. */
export function floorCheckout(
  db: Database.Database,
  now: () => string,
): { checkout: (input: Input) => object; pay: (input: Input) => object } {
  const reserve = db.prepare('UPDATE SellerListings SET Reserved = Reserved + 1 WHERE Id = ? AND Quantity - Reserved >= 1');
  const sell = db.prepare('UPDATE SellerListings SET Reserved = Reserved - 1, Quantity = Quantity - 1 WHERE Id = ?');
  const group = db.prepare("INSERT INTO OrderGroups (BuyerId, Currency, CreatedAt) VALUES (?, 'EUR', ?)");
  const order = db.prepare(
    "INSERT INTO Orders (ListingId, SellerId, BuyerId, Title, PriceE8, Currency, Status, GroupId, Delivery, DueAt, DueStatus) VALUES (?, ?, ?, 'Cup', 1250000000, 'EUR', 'placed', ?, 'pickup', ?, 'placed')",
  );
  const item = db.prepare(
    "INSERT INTO OrderItems (OrderId, ListingId, Title, Category, UnitPriceE8, Quantity, Stock) VALUES (?, ?, 'Cup', 'ceramics/bowls', 1250000000, 1, 'reserved')",
  );
  const soldItem = db.prepare("UPDATE OrderItems SET Stock = 'sold' WHERE OrderId = ?");
  const fees = db.prepare(
    "INSERT INTO OrderFees (OrderId, Currency, BaseMinor, CommissionMinor, VatMinor, VatBasisPoints, VatTreatment, FrozenAt) VALUES (?, 'EUR', 1250, 0, 0, 0, 'none', ?)",
  );
  const move = db.prepare('UPDATE Orders SET Status = ?, DueAt = ?, DueStatus = ?, UpdatedAt = ? WHERE Id = ? AND Status = ?');
  const moved = db.prepare('INSERT INTO OrderEvents (OrderId, ActorId, FromStatus, ToStatus, At) VALUES (?, ?, ?, ?, ?)');
  const payment = db.prepare(
    "INSERT INTO Payments (OrderId, Provider, Reference, AmountE8, Currency, Status, BegunAt) VALUES (?, 'test', '', 1250000000, 'EUR', 'pending', ?)",
  );
  const captured = db.prepare(
    "UPDATE Payments SET Status = 'captured', Reference = ?, UpdatedAt = ? WHERE OrderId = ? AND Status = 'pending'",
  );
  const task = db.prepare(
    "INSERT INTO Tasks (Name, TaskKey, Input, Status, Attempts, DueAt, RequestId, CreatedAt) VALUES (?, ?, ?, 'queued', 0, ?, 'floor', ?)",
  );
  const done = db.prepare("UPDATE Tasks SET Status = 'done', SettledAt = ? WHERE Id = ?");
  const entry = db.prepare(
    "INSERT INTO LedgerEntries (Cause, Kind, Currency, OrderId, IsTest, Lines, At) VALUES (?, 'payment', 'EUR', ?, 1, 2, ?)",
  );
  const posting = db.prepare(
    "INSERT INTO LedgerPostings (EntryId, Line, Account, SellerId, Currency, AmountMinor) VALUES (?, ?, ?, ?, 'EUR', ?)",
  );
  const balance = db.prepare(
    "INSERT INTO LedgerBalances (SellerId, Currency, Account, BalanceMinor) VALUES (?, 'EUR', ?, ?) ON CONFLICT DO UPDATE SET BalanceMinor = BalanceMinor + excluded.BalanceMinor",
  );
  const invoice = db.prepare(
    "INSERT INTO Invoices (Kind, Series, Year, Number, Cause, OrderId, RecipientId, Currency, NetMinor, VatMinor, VatBasisPoints, VatTreatment, IssuerName, IssuerAddress, RecipientName, RecipientAddress, IsTest, IssuedAt, StorageKey) VALUES ('receipt', 'FLOOR', 2026, ?, ?, ?, ?, 'EUR', 1250, 0, 0, 'none', 'Busy', '', 'Buyer', '', 1, ?, ?)",
  );
  const invoiceLine = db.prepare("INSERT INTO InvoiceLines (InvoiceId, Line, Text, Quantity, AmountMinor) VALUES (?, 1, 'Cup', 1, 1250)");
  const event = db.prepare('INSERT INTO OutboxEvents (Topic, SubjectId, Payload, CreatedAt) VALUES (?, ?, ?, ?)');
  const audit = db.prepare(
    "INSERT INTO AuditLog (ActorId, ActorKind, Action, Entity, EntityId, Detail) VALUES (?, 'user', ?, 'order', ?, '{}')",
  );

  const checkout = db.transaction(({ listingId, sellerId, buyerId }: Input) => {
    const at = now();
    reserve.run(listingId);
    const groupId = group.run(buyerId, at).lastInsertRowid;
    const id = Number(order.run(listingId, sellerId, buyerId, groupId, at).lastInsertRowid);
    item.run(id, listingId);
    fees.run(id, at);
    moved.run(id, buyerId, null, 'placed', at);
    audit.run(buyerId, 'order.placed', String(id));
    event.run('order.placed', id, JSON.stringify({ orderId: id, sellerId, buyerId }), at);
    return { id };
  });
  const step = (id: number, buyerId: number, from: string, to: string, at: string) => {
    move.run(to, at, to, at, id, from);
    moved.run(id, buyerId, from, to, at);
    audit.run(buyerId, `order.${to}`, String(id));
    event.run('order.moved', id, JSON.stringify({ orderId: id, from, to }), at);
  };
  const begin = db.transaction(({ id, buyerId }: Input) => {
    const at = now();
    payment.run(id, at);
    step(id!, buyerId!, 'placed', 'paying', at);
    audit.run(buyerId, 'payment.begun', String(id));
    return task.run('payment.capture', `floor:${id}`, JSON.stringify({ orderId: id }), at, at).lastInsertRowid;
  });
  const settle = db.transaction(({ id, buyerId, sellerId, listingId }: Input, taskId: number | bigint) => {
    const at = now();
    captured.run(`floor-${id}`, at, id);
    step(id!, buyerId!, 'paying', 'paid', at);
    sell.run(listingId);
    soldItem.run(id);
    const entryId = entry.run(`payment:${id}`, id, at).lastInsertRowid;
    posting.run(entryId, 1, 'clearing', sellerId, 1250);
    posting.run(entryId, 2, 'held', sellerId, -1250);
    balance.run(sellerId, 'clearing', 1250);
    balance.run(sellerId, 'held', -1250);
    const invoiceId = invoice.run(id, `payment:${id}`, id, buyerId, at, `floor/${id}`).lastInsertRowid;
    invoiceLine.run(invoiceId);
    task.run(
      'invoice.render',
      `floor:invoice:${id}`,
      JSON.stringify({ invoiceId: Number(invoiceId) }),
      '2100-01-01T00:00:00.000+00:00',
      at,
    );
    audit.run(buyerId, 'payment.captured', String(id));
    done.run(at, taskId);
  });
  return {
    checkout: (input) => checkout.immediate(input),
    pay(input) {
      settle.immediate(input, begin.immediate(input));
      return { id: input.id, status: 'paid' };
    },
  };
}
