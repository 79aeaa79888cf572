/** Encrypts what is kept: readable again only for the same account, with the same key. */
export interface Seal<T> {
  /** Of the key that seals now. */
  readonly keyId: string;
  seal(userId: number, value: T): string;
  /** Null when that key is not known any more, or it was tampered with. */
  unseal(userId: number, keyId: string, sealed: string): T | null;
}
