export { addAddress, deleteAddress, editAddress, listAddresses } from './addresses.ts';
export * from './ports.ts';
