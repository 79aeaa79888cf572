import { Prisma } from '../../engine/database.ts';
import { ADDRESS, by, part, section, type Section } from './section.ts';

const AUDIT = { id: 't.Id', at: 't.At', action: 't.Action', entity: 't.Entity', entityId: 't.EntityId' } as const;

/** The account itself, and how its owner signs in. Hashes of passwords and tokens are in no file. */
export const ACCOUNT: readonly Section[] = [
  section('account', 'Users', {
    fields: {
      id: 't.Id',
      email: 't.Email',
      emailSetAt: 't.EmailSetAt',
      emailConfirmedAt: 't.EmailVerifiedAt',
      fullName: 't.FullName',
      disabledAt: 't.DisabledAt',
      createdAt: 't.CreatedAt',
    },
    whose: by('Id'),
    key: 'id',
  }),
  section('roles', 'UserRoles', { fields: { role: 't.Role', grantedAt: 't.GrantedAt' }, whose: by('UserId'), key: 'role' }),
  section('sessions', 'Sessions', {
    fields: {
      id: 't.Id',
      device: 't.Device',
      createdAt: 't.CreatedAt',
      lastUsedAt: 't.LastUsedAt',
      expiresAt: 't.ExpiresAt',
      endedAt: 't.RevokedAt',
    },
    whose: by('UserId'),
    key: 'id',
  }),
  section('wallets', 'Wallets', {
    fields: { address: 't.Address', chainId: 't.ChainId', linkedAt: 't.LinkedAt' },
    whose: by('UserId'),
    key: 'address',
  }),
  section('authenticator-app', 'AuthenticatorApps', {
    fields: { userId: 't.UserId', createdAt: 't.CreatedAt', enabledAt: 't.EnabledAt' },
    whose: by('UserId'),
    key: 'userId',
  }),
  section('recovery-codes', 'RecoveryCodes', {
    fields: { number: 't.Number', usedAt: 't.UsedAt' },
    whose: by('UserId'),
    key: 'number',
  }),
  section('passkeys', 'Passkeys', {
    fields: { id: 't.Id', name: 't.Name', createdAt: 't.CreatedAt', lastUsedAt: 't.LastUsedAt' },
    whose: by('UserId'),
    key: 'id',
  }),
  section('email-changes', 'EmailChanges', {
    fields: {
      id: 't.Id',
      oldEmail: 't.OldEmail',
      newEmail: 't.NewEmail',
      createdAt: 't.CreatedAt',
      expiresAt: 't.ExpiresAt',
      settledAt: 't.SettledAt',
      outcome: 't.Outcome',
    },
    whose: by('UserId'),
    key: 'id',
  }),
  section('password-resets', 'PasswordResets', {
    fields: { id: 't.Id', email: 't.Email', createdAt: 't.CreatedAt', expiresAt: 't.ExpiresAt', usedAt: 't.UsedAt' },
    whose: by('UserId'),
    key: 'id',
  }),
  section('emails', 'EmailMessages', {
    fields: {
      id: 't.Id',
      kind: 't.Kind',
      recipient: 't.Recipient',
      subject: 't.Subject',
      status: 't.Status',
      createdAt: 't.CreatedAt',
      settledAt: 't.SettledAt',
    },
    whose: by('UserId'),
    key: 'id',
  }),
  section('accounts-elsewhere', 'ExternalAccounts', {
    fields: { id: Prisma.raw("CONCAT(t.Source, ':', t.ExternalId)"), source: 't.Source', externalId: 't.ExternalId' },
    whose: by('UserId'),
    key: 'id',
  }),
  section('audit-of-my-account', 'AuditLog', {
    fields: { ...AUDIT, detail: 't.Detail' },
    whose: (userId) => Prisma.sql`t.Entity IN ('user', 'seller') AND t.EntityId = ${String(userId)}`,
    key: 'id',
  }),
  section('audit-of-my-actions', 'AuditLog', { fields: { ...AUDIT, network: 't.AddressPrefix' }, whose: by('ActorId'), key: 'id' }),
];

/** What is followed by files of its own. */
export const FILES: readonly Section[] = [
  section('verifications', 'SellerVerifications', {
    fields: {
      id: 't.Id',
      status: 't.Status',
      legalName: 't.LegalName',
      country: 't.Country',
      createdAt: 't.CreatedAt',
      submittedAt: 't.SubmittedAt',
      decidedAt: 't.DecidedAt',
      reason: 't.Reason',
    },
    whose: by('UserId'),
    key: 'id',
    parts: [
      part('documents', 'SellerVerificationFiles', {
        fields: {
          id: 't.Id',
          type: 't.Type',
          bytes: 't.Bytes',
          createdAt: 't.CreatedAt',
          storedAt: 't.StoredAt',
          deletedAt: 't.RemovedAt',
        },
        of: 'VerificationId',
        order: 'Id',
      }),
    ],
  }),
  section('disputes', 'OrderDisputes', {
    fields: {
      id: 't.Id',
      orderId: 't.OrderId',
      reason: 't.Reason',
      status: 't.Status',
      offerE8: 't.OfferE8',
      outcome: 't.Outcome',
      amountE8: 't.AmountE8',
      currency: Prisma.raw('o.Currency'),
      createdAt: 't.CreatedAt',
      closedAt: 't.ClosedAt',
    },
    join: 'JOIN Orders o ON o.Id = t.OrderId',
    whose: (userId) => Prisma.sql`(o.BuyerId = ${userId} OR o.SellerId = ${userId})`,
    key: 'id',
    parts: [
      part('events', 'DisputeEvents', {
        fields: {
          action: 't.Action',
          actorId: 't.ActorId',
          outcome: 't.Outcome',
          amountE8: 't.AmountE8',
          text: 't.Text',
          at: 't.At',
        },
        of: 'DisputeId',
        order: 'Id',
      }),
      part('files', 'DisputeFiles', {
        fields: {
          id: 't.Id',
          uploaderId: 't.UploaderId',
          type: 't.Type',
          bytes: 't.Bytes',
          createdAt: 't.CreatedAt',
          storedAt: 't.StoredAt',
          deletedAt: 't.RemovedAt',
        },
        of: 'DisputeId',
        order: 'Id',
      }),
    ],
  }),
  section('returns', 'Returns', {
    fields: {
      id: 't.Id',
      orderId: 't.OrderId',
      reason: 't.Reason',
      status: 't.Status',
      ...ADDRESS,
      carrier: 't.Carrier',
      trackingNumber: 't.TrackingNumber',
      refundE8: 't.RefundE8',
      currency: Prisma.raw('o.Currency'),
      createdAt: 't.CreatedAt',
      closedAt: 't.ClosedAt',
    },
    join: 'JOIN Orders o ON o.Id = t.OrderId',
    whose: (userId) => Prisma.sql`(o.BuyerId = ${userId} OR o.SellerId = ${userId})`,
    key: 'id',
    parts: [
      part('items', 'ReturnItems', { fields: { itemId: 't.ItemId', quantity: 't.Quantity' }, of: 'ReturnId', order: 'ItemId' }),
      part('events', 'ReturnEvents', {
        fields: { action: 't.Action', actorId: 't.ActorId', text: 't.Text', at: 't.At' },
        of: 'ReturnId',
        order: 'Id',
      }),
    ],
  }),
  section('images', 'Images', {
    fields: {
      id: 't.Id',
      purpose: 't.Purpose',
      status: 't.Status',
      bytes: 't.Bytes',
      width: 't.Width',
      height: 't.Height',
      createdAt: 't.CreatedAt',
      deletedAt: 't.DeletedAt',
    },
    whose: by('OwnerId'),
    key: 'id',
    parts: [
      part('uses', 'ImageUses', {
        fields: { purpose: 't.Purpose', subjectId: 't.SubjectId', description: 't.AltText' },
        of: 'ImageId',
        order: 'Position',
      }),
      part('sizes', 'ImageVariants', {
        fields: { format: 't.Format', width: 't.Width', height: 't.Height', bytes: 't.Bytes' },
        of: 'ImageId',
        order: 'Width',
      }),
    ],
  }),
];
