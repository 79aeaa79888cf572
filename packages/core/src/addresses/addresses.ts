import { ADDRESSES_MAX, type AddressInput, type AddressList, type AddressView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AddressRow } from './ports.ts';

export const toAddressView = ({ userId: _own, createdAt, ...address }: AddressRow): AddressView => ({
  ...address,
  createdAt: createdAt.toISOString(),
});

/** An address of the actor. @throws AppError ADDRESS_NOT_FOUND (also another account's) */
export async function requireAddress({ repos }: Pick<Reads, 'repos'>, id: number, userId: number): Promise<AddressRow> {
  const address = (await repos.addresses.list(userId)).find((one) => one.id === id);
  if (!address) throw new AppError('ADDRESS_NOT_FOUND');
  return address;
}

/** My address book. @throws AppError UNAUTHENTICATED */
export async function listAddresses(ctx: Context): Promise<AddressList> {
  const { id } = requireUser(ctx.actor);
  return { items: (await ctx.repos.addresses.list(id)).map(toAddressView) };
}

/** @throws AppError UNAUTHENTICATED, ADDRESS_LIMIT */
export async function addAddress(ctx: Context, input: AddressInput): Promise<AddressView> {
  const { id: userId } = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    await tx.repos.accounts.lock(userId, tx.at);
    if ((await tx.repos.addresses.list(userId)).length >= ADDRESSES_MAX) throw new AppError('ADDRESS_LIMIT');
    const id = await tx.repos.addresses.create(userId, input, tx.at);
    return toAddressView(await requireAddress(tx, id, userId));
  });
}

/** Checkouts that were made keep the address as it was. @throws AppError UNAUTHENTICATED, ADDRESS_NOT_FOUND */
export async function editAddress(ctx: Context, { id, ...address }: AddressInput & { id: number }): Promise<AddressView> {
  const { id: userId } = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    if (!(await tx.repos.addresses.edit(id, userId, address))) throw new AppError('ADDRESS_NOT_FOUND');
    return toAddressView(await requireAddress(tx, id, userId));
  });
}

/** @throws AppError UNAUTHENTICATED, ADDRESS_NOT_FOUND */
export async function deleteAddress(ctx: Context, { id }: { id: number }): Promise<void> {
  const { id: userId } = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    if (!(await tx.repos.addresses.remove(id, userId))) throw new AppError('ADDRESS_NOT_FOUND');
  });
}
