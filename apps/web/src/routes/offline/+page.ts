// Kept by the service worker and shown at any address: without scripts, because those would take it for the page of that address.
export const csr = false;
