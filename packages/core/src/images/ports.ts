import type { ErrorCode, ImageState, ImageView } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly images: ImagesRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly images: ImageServices;
  }
  interface Settings {
    readonly images: ImageSettings;
  }
}

export type ImagePurpose = ImageState['purpose'];

/** receiving: its row is there, its file is on the way. Callers see it as "uploaded". */
export type StoredImageStatus = ImageState['status'] | 'receiving';

export interface ImageRow {
  id: number;
  ownerId: number;
  purpose: ImagePurpose;
  status: StoredImageStatus;
  bytes: number;
  originalKey: string | null;
  width: number | null;
  height: number | null;
  blur: string | null;
  failure: ErrorCode | null;
  createdAt: Date;
}

/** One size in one format. */
export interface VariantRow {
  format: 'avif' | 'webp';
  width: number;
  height: number;
  storageKey: string;
  bytes: number;
}

/** An image with what was made of it. */
export type ImageWithVariants = ImageRow & { variants: VariantRow[] };

/** An image in a place, in the place's order. */
export type AttachedRow = ImageWithVariants & { alt: string };

export interface Place {
  purpose: ImagePurpose;
  /** The listing's id; for profile and cover the seller's. */
  subjectId: number;
}

/** What a place holds, in its order. */
export interface ImageUse {
  imageId: number;
  alt: string;
  status: StoredImageStatus;
}

/** An image that may be shown. */
export interface ShownImage {
  id: number;
  alt: string;
  width: number;
  height: number;
  blur: string;
  variants: VariantRow[];
}

export interface NewImage {
  ownerId: number;
  purpose: ImagePurpose;
  sha256: string;
  bytes: number;
  originalKey: string;
}

export interface ImageUsage {
  images: number;
  bytes: number;
  /** Of which this many wait for their sizes. */
  waiting: number;
}

export interface ImagesRepository {
  /** Locks the images of an owner until the transaction ends: what is counted stays true. */
  lockOwner(ownerId: number): Promise<void>;
  usage(ownerId: number): Promise<ImageUsage>;
  insert(image: NewImage, at: Date): Promise<number>;
  /** The owner's image of this very file, unless it failed or was deleted. */
  findLive(file: Pick<NewImage, 'ownerId' | 'purpose' | 'sha256'>): Promise<ImageRow | null>;
  find(id: number): Promise<ImageWithVariants | null>;
  /** Says that it is wanted, which keeps cleaning away. False when it is not the owner's, or is gone. */
  lock(id: number, ownerId: number, at: Date): Promise<boolean>;
  /** From "receiving" to "uploaded": its file is in its place. */
  received(id: number, at: Date): Promise<void>;

  /** Makes sure that the place is this owner's, and keeps others from changing it until the transaction ends. */
  lockPlace(place: Place, ownerId: number, at: Date): Promise<boolean>;
  uses(place: Place): Promise<ImageUse[]>;
  /** The place holds these from now on, in this order. */
  replaceUses(place: Place, uses: readonly ImageUse[]): Promise<void>;
  placesOf(imageId: number): Promise<Place[]>;
  attached(place: Place): Promise<AttachedRow[]>;
  /** Ready ones by place, in order; only the first of each place where `first` is set. */
  shown(purpose: ImagePurpose, subjectIds: readonly number[], first?: boolean): Promise<Map<number, ShownImage[]>>;

  /**
   * Begins an attempt to make its sizes.
   * @returns null when they are made, or it is gone; 'held' while a process of an earlier version of the product makes them
   */
  begin(id: number, at: Date): Promise<ImageRow | 'held' | null>;
  /** It waits for another attempt. */
  postpone(id: number): Promise<void>;
  /** Do images of other accounts wait for their sizes? */
  othersWait(ownerId: number): Promise<boolean>;
  /** Notes which files there will be, before they are written. False when it is gone. */
  planVariants(id: number, variants: readonly VariantRow[]): Promise<boolean>;
  /** False when it is gone. */
  ready(id: number, look: Pick<ShownImage, 'width' | 'height' | 'blur'>, at: Date): Promise<boolean>;
  /** It is no image: the same file may be sent again. False when it is gone. */
  fail(id: number, code: ErrorCode, at: Date): Promise<boolean>;
  /** Images that an earlier version of the product received: they have no task yet. */
  withoutTask(at: Date, limit: number): Promise<number[]>;

  /** It is shown to no one from now on. False when it is already so. */
  markDeleted(id: number, at: Date): Promise<boolean>;
  /** Marks images that were attached nowhere, never arrived, or failed long ago. Returns how many. */
  markAbandoned(before: { unused: Date; receiving: Date; failed: Date }, at: Date): Promise<number>;
  /** Images whose files may go and that no task works on: deleted ones wholly, of others the uploaded file. */
  leftovers(at: Date, limit: number): Promise<(ImageWithVariants & { deleted: boolean })[]>;
  /** The uploaded file of a ready image is gone. */
  purgeOriginal(id: number): Promise<void>;
  /** Its files are gone, now the rows; the image itself where it was deleted. */
  purgeFiles(id: number): Promise<void>;
}

/** What the codec made of a file. */
export interface RenderedImage {
  width: number;
  height: number;
  blur: string;
  variants: { format: VariantRow['format']; width: number; height: number; contentHash: string; content: Uint8Array }[];
}

export interface ImageCodec {
  /** Looks at the head of a file. @throws AppError IMAGE_TYPE_UNSUPPORTED, IMAGE_BROKEN, IMAGE_TOO_MANY_PIXELS, IMAGE_TOO_SMALL */
  probe(path: string): Promise<void>;
  /** Makes all sizes for a purpose: upright, in sRGB, without metadata, the first frame only. @throws AppError as `probe`, and IMAGE_UNPROCESSABLE */
  render(content: Uint8Array, purpose: ImagePurpose): Promise<RenderedImage>;
}

/** Where files are kept: by key, whole or not at all. */
export interface MediaStore {
  put(key: string, content: Uint8Array, type: string): Promise<void>;
  /** The same from a file on this machine. */
  putFile(key: string, path: string, type: string): Promise<void>;
  read(key: string): Promise<Uint8Array | null>;
  /** Does nothing where there is none. */
  delete(key: string): Promise<void>;
}

/** What images need of the world outside the database. */
export interface ImageServices {
  readonly codec: ImageCodec;
  readonly files: MediaStore;
  /** A new key for an uploaded file: it cannot be guessed. */
  newOriginalKey(): string;
}

export interface ImageSettings {
  /** Precedes the key of an image in its public address. */
  readonly publicBase: string;
  /** Of one file. */
  readonly maxBytes: number;
}

/** A file that was received: where it is on this machine, and what it is. */
export interface ReceivedFile {
  path: string;
  sha256: string;
  bytes: number;
}

export type ImageSources = ImageView['sources'];
