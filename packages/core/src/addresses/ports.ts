import type { AddressInput, DeliveryAddress } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly addresses: AddressesRepository;
  }
}

export interface AddressRow extends DeliveryAddress {
  id: number;
  userId: number;
  createdAt: Date;
}

export interface AddressesRepository {
  /** The one that was used last comes first. */
  list(userId: number): Promise<AddressRow[]>;
  create(userId: number, address: AddressInput, at: Date): Promise<number>;
  /** False when there is none with this id, or it is another account's. */
  edit(id: number, userId: number, address: AddressInput): Promise<boolean>;
  remove(id: number, userId: number): Promise<boolean>;
  /** It becomes the first of the list. */
  used(id: number, at: Date): Promise<void>;
}
