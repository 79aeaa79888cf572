import { PasswordInput, RemovePasswordInput, RenameInput, WalletParams } from '@assay/contract';
import { getWalletOffer, getWaysIn, removePassword, rename, setPassword, unlinkWallet } from '@assay/core';
import { procedure, router } from './trpc.ts';

/** What pages ask. Whatever a wallet signs goes through REST, where sessions live. */
export const walletsRouter = router({
  offer: procedure.query(({ ctx }) => getWalletOffer(ctx.ctx)),
  waysIn: procedure.query(({ ctx }) => getWaysIn(ctx.ctx)),
  unlink: procedure.input(WalletParams).mutation(({ ctx, input }) => unlinkWallet(ctx.ctx, input)),
  setPassword: procedure.input(PasswordInput).mutation(({ ctx, input }) => setPassword(ctx.ctx, input)),
  removePassword: procedure.input(RemovePasswordInput).mutation(({ ctx, input }) => removePassword(ctx.ctx, input)),
  rename: procedure.input(RenameInput).mutation(({ ctx, input }) => rename(ctx.ctx, input)),
});
