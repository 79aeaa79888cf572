/** A name is made of the content: what was once fetched never has to be asked for again. */
export const MEDIA_CACHING = 'public, max-age=31536000, immutable';
