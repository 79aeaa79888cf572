import { foldForSearch } from '@assay/contract';
import { createPerson, createSeller, completeOrders, picture, runTasks, type Product } from '@assay/testing';
import { fromBufferPromise } from 'yauzl';
import { onboardingOn, PASSWORD, type Newcomer } from './lib-onboarding.ts';

/** A person with something in every place that may hold personal data. Their words, name and address all contain the mark. */
export interface Planted extends Newcomer {
  mark: string;
  fullName: string;
  listingId: number;
  /** A draft, which no order is about. */
  draftId: number;
  /** A seller whom they bought from and rated. */
  otherId: number;
  ratingId: number;
  /** The rating of another buyer that they replied to, and of a third seller that they found helpful. */
  receivedId: number;
  votedId: number;
  purchaseId: number;
  saleId: number;
}

let serial = 0;

/** Files of a ZIP archive, by their names. */
export async function unzipped(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(archive);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

/** Puts a person into every place: by the product where that is short, straight into the database otherwise. */
export async function plantPerson(product: Pick<Product, 'db' | 'api' | 'rest'>): Promise<Planted> {
  const { api, db, rest } = product;
  const { prisma } = db.database;
  const on = onboardingOn(product);
  const mark = `zxq${(++serial).toString(36)}w${Date.now().toString(36)}`;
  const fullName = `Quill${mark} Vesper${mark}`;
  const email = `${mark}@planted.test`;
  const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: `Early${mark} Name` });
  const me: Newcomer = { id: body.user.id, token: body.token, email };
  const userId = me.id;
  const at = new Date();
  await prisma.user.updateMany({ where: { id: userId }, data: { emailVerifiedAt: at } });
  await rest.patch('/auth/me', { fullName }, me);
  await on.saveProfile(me, { displayName: fullName, bio: `Bio ${mark}` });
  await prisma.sellerProfile.updateMany({
    where: { userId },
    data: {
      location: mark,
      contactEmail: email,
      website: `https://${mark}.example`,
      socialLinks: JSON.stringify({ instagram: `https://instagram.com/${mark}` }),
    },
  });
  await prisma.store.createMany({
    data: [{ sellerId: userId, about: mark, shippingPolicy: mark, returnsPolicy: mark, contactPolicy: mark, version: 1, updatedAt: at }],
  });
  await rest.post('/payout-details', { method: 'bank', holder: fullName, iban: 'DE89370400440532013000', current: PASSWORD }, me);

  const listing = async (title: string, publish: boolean) => {
    const price = { price: '12.50', currency: 'EUR', category: 'ceramics/bowls' };
    return (
      await rest.post(
        '/listings',
        { ...price, title, description: `Made by ${mark}`, publish, metadata: [{ name: 'Maker', value: mark }] },
        me,
      )
    ).body.id as number;
  };
  const listingId = await listing(`Bowl by ${mark}`, true);
  const draftId = await listing(`Draft by ${mark}`, false);
  await prisma.storeFeatured.createMany({ data: [{ sellerId: userId, listingId, position: 0 }] });

  const other = await createSeller(db.database, 'Other');
  const third = await createSeller(db.database, 'Third');
  const buyer = await createPerson(db.database, ['buyer'], 'Buyer');
  const purchases = await completeOrders(db.database, other, [userId]);
  const sales = await completeOrders(db.database, { id: userId, listingId }, [buyer.id]);
  const thirds = await completeOrders(db.database, third, [buyer.id]);
  const [purchaseId, saleId] = [purchases.get(userId)!, sales.get(buyer.id)!];
  for (const [orderId, actorId] of [
    [purchaseId, userId],
    [saleId, buyer.id],
  ] as const) {
    await prisma.orderEvent.createMany({ data: [{ orderId, fromStatus: null, toStatus: 'placed', actorId }] });
    const money = { provider: 'test', reference: `ref-${orderId}`, amountE8: 1_250_000_000n, currency: 'EUR', status: 'captured' };
    const begun = { buyerId: actorId, providerKey: `charge:${orderId}`, begunAt: at, updatedAt: at };
    const { id: chargeId } = await prisma.charge.create({ data: { ...money, ...begun } });
    await prisma.payment.createMany({ data: [{ orderId, ...money, chargeId, chargeAttempt: 1 }] });
  }
  const amounts = { baseMinor: 1250n, commissionMinor: 63n, vatMinor: 12n };
  await prisma.orderFees.createMany({
    data: [
      { orderId: saleId, currency: 'EUR', ...amounts, vatBasisPoints: 1900, vatTreatment: 'standard', vatCountry: 'DE', frozenAt: at },
    ],
  });
  const line = { line: 1, baseMinor: 1250n, basisPoints: 500, fixedMinor: 0n, minimumMinor: 0n, commissionMinor: 63n };
  await prisma.orderFeeLine.createMany({ data: [{ orderId: saleId, ...line }] });
  const own = { basisPoints: 500, fixedMinor: 0n, minimumMinor: 0n, validFrom: at, createdBy: other.id, createdAt: at };
  await prisma.commissionRule.createMany({ data: [{ sellerId: userId, ...own }] });
  await prisma.sellerTaxDetails.createMany({
    data: [{ userId, name: fullName, address: `1 ${mark} Street`, country: 'DE', vatNumber: `DE${mark}`.slice(0, 20), updatedAt: at }],
  });
  const party = { issuerName: 'Market Ltd', issuerAddress: '', recipientName: fullName, recipientAddress: `1 ${mark} Street` };
  const { id: invoiceId } = await prisma.invoice.create({
    data: {
      ...party,
      kind: 'commission',
      series: 'C',
      year: 2026,
      number: 9_000_000 + serial,
      cause: `payment:${saleId}:release`,
      orderId: saleId,
      recipientId: userId,
      currency: 'EUR',
      netMinor: 63n,
      vatMinor: 12n,
      vatBasisPoints: 1900,
      vatTreatment: 'standard',
      isTest: false,
      issuedAt: at,
      storageKey: 'private/invoices/none',
    },
    select: { id: true },
  });
  await prisma.invoiceLine.createMany({
    data: [{ invoiceId, line: 1, text: `Commission on Bowl by ${mark}`, quantity: 1, amountMinor: 63n }],
  });
  await prisma.payoutAccount.createMany({
    data: {
      sellerId: userId,
      provider: 'stripe',
      providerKey: `payout-account:${userId}`,
      keyedAt: at,
      reference: `acct_${userId}`,
      state: 'ready',
      country: 'DE',
      confirmedAt: at,
      createdAt: at,
      updatedAt: at,
    },
  });
  await prisma.payoutSettings.createMany({
    data: [{ sellerId: userId, schedule: 'weekly', nextAt: at, heldReason: mark, heldAt: at, updatedAt: at }],
  });
  const sent = {
    amountMinor: 63n,
    currency: 'EUR',
    status: 'sent',
    method: 'manual',
    reference: `PLANTED-${userId}`,
    masked: 'DE89 •••• 3000',
  };
  await prisma.payout.createMany({ data: [{ ...sent, sellerId: userId, createdAt: at, sentAt: at }] });
  const closed = {
    reason: 'damaged',
    status: 'closed',
    openedFrom: 'completed',
    outcome: 'none',
    amountE8: 0n,
    createdAt: at,
    closedAt: at,
  };
  const { id: disputeId } = await prisma.orderDispute.create({ data: { orderId: purchaseId, ...closed } });
  await prisma.disputeEvent.createMany({ data: [{ disputeId, actorId: userId, action: 'open', text: `A crack, says ${mark}.`, at }] });
  const evidence = { disputeId, uploaderId: userId, storageKey: `private/${mark}`, type: 'application/pdf', bytes: 1, createdAt: at };
  await prisma.disputeFile.createMany({ data: [{ ...evidence, storedAt: at }] });
  for (const [buyerId, sellerId, subjectId] of [
    [userId, other.id, other.listingId],
    [buyer.id, userId, listingId],
  ] as const) {
    const written = { kind: 'listing', subjectId, buyerId, sellerId, lastPosition: 2, createdAt: at, lastAt: at };
    const { id: threadId } = await prisma.messageThread.create({ data: written });
    const side = { threadId, readUpTo: 0, lastAt: at };
    await prisma.messageThreadSide.createMany({
      data: [
        { ...side, userId: buyerId, role: 'buyer' },
        { ...side, userId: sellerId, role: 'seller' },
      ],
    });
    const message = { threadId, status: 'sent', createdAt: at };
    await prisma.message.createMany({
      data: [
        { ...message, senderId: userId, clientId: `${serial}-${threadId}-1`, position: 1, text: `Greetings from ${mark}.` },
        { ...message, senderId: userId === buyerId ? sellerId : buyerId, clientId: `${serial}-${threadId}-2`, position: 2, text: 'Hello.' },
      ],
    });
  }
  await prisma.messageBlock.createMany({ data: [{ blockerId: userId, blockedId: third.id, createdAt: at }] });
  const { id: gotId } = (await prisma.message.findFirst({ where: { senderId: other.id }, select: { id: true } }))!;
  await prisma.messageReport.createMany({
    data: [{ messageId: gotId, reporterId: userId, reason: 'spam', detail: `Says ${mark}.`, createdAt: at }],
  });
  const sentTo = { recipientName: 'A seller', line1: 'Street 1', city: 'Porto', country: 'PT' };
  for (const [orderId, actorId] of [
    [purchaseId, userId],
    [saleId, buyer.id],
  ] as const) {
    const over = { reason: 'damaged', status: 'closed', openKey: `planted:${orderId}`, createdAt: at, closedAt: at };
    const { id: returnId } = await prisma.return.create({ data: { orderId, ...over, ...sentTo } });
    const text = `A crack${actorId === userId ? `, says ${mark}` : ''}.`;
    await prisma.returnEvent.createMany({ data: [{ returnId, actorId, action: 'request', text, at }] });
  }
  const address = { recipientName: fullName, line1: `1 ${mark} Street`, city: 'Porto', country: 'PT', createdAt: at };
  await prisma.address.createMany({ data: [{ userId, ...address, lastUsedAt: at }] });
  await prisma.basketItem.createMany({
    data: [{ userId, listingId: third.listingId, quantity: 1, priceE8: 1n, currency: 'EUR', addedAt: at }],
  });
  const { id: groupId } = await prisma.orderGroup.create({
    data: { buyerId: userId, currency: 'EUR', recipientName: 'A buyer', line1: 'Street 1', city: 'Porto', country: 'PT', createdAt: at },
  });
  await prisma.order.updateMany({ where: { id: purchaseId }, data: { groupId } });
  const as = (person: { id: number }) => ({ token: api.tokenFor(person) });
  const rate = async (orderId: number, sellerId: number, comment: string, who: { token: string }) =>
    (await rest.post('/ratings', { sellerId, orderId, rating: 4, comment }, who)).body.id as number;
  const ratingId = await rate(purchaseId, other.id, 'It is a fine bowl.', me);
  await rest.patch(`/ratings/${ratingId}`, { rating: 5, comment: 'It is a very fine bowl.' }, me);
  const receivedId = await rate(saleId, userId, 'It arrived quickly.', as(buyer));
  const votedId = await rate(thirds.get(buyer.id)!, third.id, 'It is heavy.', as(buyer));
  await rest.post(`/ratings/${receivedId}/reply`, { text: `Thank you, says ${mark}.` }, me);
  await rest.post(`/ratings/${votedId}/helpful`, undefined, me);
  await rest.post(`/ratings/${votedId}/report`, { reason: 'other', detail: `Says ${mark}.` }, me);
  for (const [sellerId, raterId, id] of [
    [third.id, userId, 9_000_001 + serial * 10],
    [userId, third.id, 9_000_002 + serial * 10],
  ] as const) {
    const decision = {
      ratingId: id,
      sellerId,
      raterId,
      rating: 1,
      comment: 'Not fair.',
      action: 'struck',
      reason: 'abusive',
      statement: 'It insults.',
      decidedBy: other.id,
    };
    await prisma.ratingDecision.createMany({ data: [decision] });
    const { id: decisionId } = (await prisma.ratingDecision.findFirst({ where: { ratingId: id }, select: { id: true } }))!;
    const counted = { rating: 1, comment: 'Not fair.', source: 'imported', version: 1, helpfulCount: 0, createdAt: at, updatedAt: at };
    await prisma.struckRating.createMany({ data: [{ ratingId: id, sellerId, raterId, decisionId, ...counted }] });
    if (raterId === userId)
      await prisma.ratingAppeal.createMany({ data: [{ decisionId, appellantId: userId, text: `I am ${mark}.`, status: 'denied' }] });
  }

  await prisma.storeFollow.createMany({
    data: [
      { sellerId: other.id, userId, createdAt: at },
      { sellerId: userId, userId: buyer.id, createdAt: at },
    ],
  });
  await prisma.featureFeedback.createMany({ data: [{ userId, feature: 'seller-ratings', score: 4 }] });
  await prisma.followingVisit.createMany({ data: [{ userId, visitedAt: at }] });
  await prisma.dashboardVisit.createMany({ data: [{ sellerId: userId, visitedAt: at }] });
  await prisma.externalAccount.createMany({ data: [{ source: 'etsy', externalId: `${mark}-etsy`, userId }] });
  await prisma.wallet.createMany({ data: [{ address: `0x${String(userId).padStart(40, 'a')}`, userId, chainId: 1 }] });
  const link = { email, createdAt: at, expiresAt: at };
  await prisma.passwordReset.createMany({ data: [{ ...link, userId, tokenHash: `reset-hash-${mark}` }] });
  await prisma.emailChange.createMany({
    data: [{ userId, oldEmail: email, newEmail: `new-${email}`, createdAt: at, expiresAt: at, newTokenHash: `change-hash-${mark}` }],
  });
  await prisma.authenticatorApp.createMany({
    data: [{ userId, sealed: 'sealed-secret', keyId: 'key', sessionId: '', createdAt: at, lastStep: 0 }],
  });
  await prisma.recoveryCode.createMany({ data: [{ userId, number: 1, codeHash: `code-hash-${mark}` }] });
  await prisma.passkey.createMany({
    data: [
      {
        userId,
        credentialHash: `passkey-${mark}`,
        credentialId: `credential-${mark}`,
        publicKey: `key-hash-${mark}`,
        signCount: 0,
        transports: 'internal',
        name: 'Phone',
        createdAt: at,
      },
    ],
  });
  const onboarding = { currentStep: 'profile', updatedAt: at };
  if ((await prisma.sellerOnboarding.count({ where: { userId } })) === 0)
    await prisma.sellerOnboarding.createMany({ data: [{ userId, ...onboarding }] });
  await prisma.alert.createMany({
    data: [
      {
        kind: 'rating-spike',
        openKey: `rating-spike:${userId}`,
        sellerId: userId,
        title: `Many ratings of ${fullName}`,
        evidence: `${fullName} got 40`,
        openedAt: at,
        lastSeenAt: at,
      },
    ],
  });

  const upload = async (query: string, file: Buffer) =>
    fetch(`${api.url}/api/v1/images?${query}`, { method: 'POST', headers: { authorization: `Bearer ${me.token}` }, body: file as never });
  await upload('purpose=profile', await picture(400, 400, 'jpeg', serial));
  await upload(`purpose=listing&subjectId=${listingId}&alt=${mark}`, await picture(500, 400, 'jpeg', serial + 50));
  await runTasks(api.container, 'image.render');
  await on.upload(me, Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.from(mark)]));
  await rest.post('/verification/submit', { legalName: fullName, country: 'DE' }, me);
  await runTasks(api.container, 'email.send');
  const shown = foldForSearch(fullName);
  if (!(await prisma.user.findFirst({ where: { id: userId, searchName: shown } }))) throw new Error('The person has another name.');
  return { ...me, mark, fullName, listingId, draftId, otherId: other.id, ratingId, receivedId, votedId, purchaseId, saleId };
}
