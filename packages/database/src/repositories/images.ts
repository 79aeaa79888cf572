import type { ImagesRepository, Place, ShownImage, VariantRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { lockRows } from '../engine/locks.ts';
import { bool, columns, computed, COUNT, present } from '../engine/rows.ts';
import { valueRows } from '../engine/value-rows.ts';
import { RESERVED_MS, TASK_HOLDER, withoutRunningTask, withoutTask } from './earlier-queues.ts';

const IMAGE = {
  id: 'i.Id',
  ownerId: 'i.OwnerId',
  purpose: 'i.Purpose',
  status: 'i.Status',
  bytes: 'i.Bytes',
  originalKey: 'i.OriginalKey',
  width: 'i.Width',
  height: 'i.Height',
  blur: 'i.Blur',
  failure: 'i.Failure',
  createdAt: 'i.CreatedAt',
} as const;
const STORED = columns({ i: 'Images' }, IMAGE);
const ID = columns({ i: 'Images' }, { id: 'i.Id' });
const LEFTOVER = columns({ i: 'Images' }, { ...IMAGE, deleted: bool(Prisma.sql`i.DeletedAt IS NOT NULL`) });
const ATTACHED = columns({ u: 'ImageUses', i: 'Images' }, { ...IMAGE, alt: 'u.AltText' });
/** An image that is ready has its size. */
const SHOWN = columns(
  { u: 'ImageUses', i: 'Images' },
  {
    subjectId: 'u.SubjectId',
    id: 'i.Id',
    alt: 'u.AltText',
    width: present('i.Width'),
    height: present('i.Height'),
    blur: computed<string>(Prisma.sql`COALESCE(i.Blur, '')`),
  },
);
const VARIANT = columns(
  { v: 'ImageVariants' },
  {
    imageId: 'v.ImageId',
    format: 'v.Format',
    width: 'v.Width',
    height: 'v.Height',
    storageKey: 'v.StorageKey',
    bytes: 'v.Bytes',
  },
);
const USE = columns({ u: 'ImageUses', i: 'Images' }, { imageId: 'u.ImageId', alt: 'u.AltText', status: 'i.Status' });
const PLACE = columns({ u: 'ImageUses' }, { purpose: 'u.Purpose', subjectId: 'u.SubjectId' });
const USAGE = columns(
  { i: 'Images' },
  {
    images: COUNT,
    bytes: computed<number>(Prisma.sql`COALESCE(SUM(CAST(i.Bytes AS FLOAT)), 0)`),
    waiting: computed<number>(
      Prisma.sql`COALESCE(SUM(CASE WHEN i.Status IN ('receiving', 'uploaded', 'processing') THEN 1 ELSE 0 END), 0)`,
    ),
  },
);

const WAITING = columns({ i: 'Images' }, { id: 'i.Id' });

/** How long an upload may take to arrive before it is discarded. */
const RECEIVING_MS = 60 * 60 * 1000;

const liveKey = (ownerId: number, purpose: string, sha256: string) => `${ownerId}:${purpose}:${sha256}`;
/** Releases the unique key of a deleted or failed image. */
const RELEASED = Prisma.sql`LiveKey = CONCAT('gone:', Id)`;

export function imagesRepository(db: Queryable): ImagesRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const isProcessing = (id: number) => Prisma.sql`Id = ${id} AND Status = 'processing' AND DeletedAt IS NULL`;
  const isPlace = ({ purpose, subjectId }: Place) => Prisma.sql`Purpose = ${purpose} AND SubjectId = ${subjectId}`;

  const variantsOf = async (ids: number[]): Promise<Map<number, VariantRow[]>> => {
    if (ids.length === 0) return new Map();
    const rows = await VARIANT.read(db, Prisma.sql`FROM ImageVariants v WHERE v.ImageId IN (${Prisma.join(ids)})`);
    const variants = new Map<number, VariantRow[]>();
    for (const { imageId, ...variant } of rows) variants.set(imageId, [...(variants.get(imageId) ?? []), variant]);
    return variants;
  };
  const withVariants = async <Row extends { id: number }>(rows: Row[]): Promise<(Row & { variants: VariantRow[] })[]> => {
    const variants = await variantsOf(rows.map(({ id }) => id));
    return rows.map((row) => ({ ...row, variants: variants.get(row.id) ?? [] }));
  };

  return {
    lockOwner: (ownerId) => lockRows(db, 'Users', 'UpdatedAt', Prisma.sql`Id = ${ownerId}`),

    async usage(ownerId) {
      const usage = await USAGE.first(
        db,
        Prisma.sql`FROM Images i WHERE i.OwnerId = ${ownerId} AND i.DeletedAt IS NULL AND i.Status <> 'failed'`,
      );
      return usage!;
    },

    insert: ({ ownerId, purpose, sha256, bytes, originalKey }, at) =>
      insertReturningId(db, 'Images', {
        OwnerId: ownerId,
        Purpose: purpose,
        Status: 'receiving',
        LiveKey: liveKey(ownerId, purpose, sha256),
        Bytes: bytes,
        OriginalKey: originalKey,
        LeaseUntil: new Date(at.getTime() + RECEIVING_MS),
        CreatedAt: at,
        UpdatedAt: at,
      }),

    findLive: ({ ownerId, purpose, sha256 }) =>
      STORED.first(db, Prisma.sql`FROM Images i WHERE i.LiveKey = ${liveKey(ownerId, purpose, sha256)}`),

    async find(id) {
      const rows = await STORED.read(db, Prisma.sql`FROM Images i WHERE i.Id = ${id} AND i.DeletedAt IS NULL`);
      return (await withVariants(rows))[0] ?? null;
    },

    lock: (id, ownerId, at) =>
      changed(Prisma.sql`UPDATE Images SET UpdatedAt = ${at} WHERE Id = ${id} AND OwnerId = ${ownerId} AND DeletedAt IS NULL`),

    async received(id, at) {
      await db.write(
        Prisma.sql`
          UPDATE Images SET Status = 'uploaded', LeaseUntil = ${new Date(at.getTime() + RESERVED_MS)}, UpdatedAt = ${at}
          WHERE Id = ${id} AND Status = 'receiving'`,
      );
    },

    async lockPlace({ purpose, subjectId }, ownerId, at) {
      if (purpose === 'listing')
        return changed(Prisma.sql`UPDATE SellerListings SET UpdatedAt = ${at} WHERE Id = ${subjectId} AND SellerId = ${ownerId}`);
      return subjectId === ownerId && changed(Prisma.sql`UPDATE SellerProfiles SET UpdatedAt = ${at} WHERE UserId = ${ownerId}`);
    },

    uses: ({ purpose, subjectId }) =>
      USE.read(
        db,
        Prisma.sql`FROM ImageUses u JOIN Images i ON i.Id = u.ImageId
          WHERE u.Purpose = ${purpose} AND u.SubjectId = ${subjectId} ORDER BY u.Position`,
      ),

    async replaceUses(place, uses) {
      await db.write(Prisma.sql`DELETE FROM ImageUses WHERE ${isPlace(place)}`);
      if (uses.length === 0) return;
      const rows = uses.map(({ imageId, alt }, position) => ({ imageId, position, alt }));
      await db.write(Prisma.sql`
        INSERT INTO ImageUses (Purpose, SubjectId, ImageId, Position, AltText)
        SELECT ${place.purpose}, ${place.subjectId}, n.imageId, n.position, n.alt FROM ${valueRows(db, rows)} n WHERE 1 = 1`);
    },

    placesOf: (imageId) => PLACE.read(db, Prisma.sql`FROM ImageUses u WHERE u.ImageId = ${imageId}`),

    async attached({ purpose, subjectId }) {
      const rows = await ATTACHED.read(
        db,
        Prisma.sql`FROM ImageUses u JOIN Images i ON i.Id = u.ImageId
          WHERE u.Purpose = ${purpose} AND u.SubjectId = ${subjectId} AND i.DeletedAt IS NULL ORDER BY u.Position`,
      );
      return withVariants(rows);
    },

    async shown(purpose, subjectIds, first = false) {
      if (subjectIds.length === 0) return new Map();
      const isFirst = Prisma.sql`AND u.Position = (SELECT MIN(e.Position) FROM ImageUses e JOIN Images r ON r.Id = e.ImageId
        WHERE e.Purpose = u.Purpose AND e.SubjectId = u.SubjectId AND r.Status = 'ready')`;
      const rows = await SHOWN.read(
        db,
        Prisma.sql`FROM ImageUses u JOIN Images i ON i.Id = u.ImageId
          WHERE u.Purpose = ${purpose} AND u.SubjectId IN (${Prisma.join([...subjectIds])}) AND i.Status = 'ready' AND i.DeletedAt IS NULL
            ${first ? isFirst : Prisma.empty}
          ORDER BY u.SubjectId, u.Position`,
      );
      const variants = await variantsOf(rows.map(({ id }) => id));
      const shown = new Map<number, ShownImage[]>();
      for (const { subjectId, ...row } of rows)
        shown.set(subjectId, [...(shown.get(subjectId) ?? []), { ...row, variants: variants.get(row.id) ?? [] }]);
      return shown;
    },

    async begin(id, at) {
      const isUnmade = Prisma.sql`Id = ${id} AND Status IN ('uploaded', 'processing') AND DeletedAt IS NULL`;
      const begun = await db.write(Prisma.sql`
        UPDATE Images
        SET Status = 'processing', Holder = ${TASK_HOLDER}, LeaseUntil = ${new Date(at.getTime() + RESERVED_MS)}, Attempts = Attempts + 1
        WHERE ${isUnmade} AND (Status = 'uploaded' OR Holder = ${TASK_HOLDER} OR LeaseUntil <= ${at})`);
      const image = await STORED.first(db, Prisma.sql`FROM Images i WHERE ${isUnmade}`);
      return image && begun === 0 ? 'held' : image;
    },

    async postpone(id) {
      await db.write(Prisma.sql`UPDATE Images SET Status = 'uploaded' WHERE ${isProcessing(id)}`);
    },

    async othersWait(ownerId) {
      const waiting = Prisma.sql`FROM Images i WHERE i.Status = 'uploaded' AND i.OwnerId <> ${ownerId} AND i.DeletedAt IS NULL`;
      return (await WAITING.first(db, Prisma.sql`${waiting} ORDER BY i.Id ${limit(db.engine, 1)}`)) !== null;
    },

    async planVariants(id, variants) {
      if (!(await changed(Prisma.sql`UPDATE Images SET Status = Status WHERE ${isProcessing(id)}`))) return false;
      await db.write(Prisma.sql`DELETE FROM ImageVariants WHERE ImageId = ${id}`);
      const rows = variants.map(({ format, width, height, storageKey, bytes }) => ({ format, width, height, storageKey, bytes }));
      await db.write(Prisma.sql`
        INSERT INTO ImageVariants (ImageId, Format, Width, Height, StorageKey, Bytes)
        SELECT ${id}, n.format, n.width, n.height, n.storageKey, n.bytes FROM ${valueRows(db, rows)} n WHERE 1 = 1`);
      return true;
    },

    ready: (id, { width, height, blur }, at) =>
      changed(Prisma.sql`
        UPDATE Images SET Status = 'ready', Width = ${width}, Height = ${height}, Blur = ${blur}, LeaseUntil = ${at}, UpdatedAt = ${at}
        WHERE ${isProcessing(id)}`),

    fail: (id, code, at) =>
      changed(Prisma.sql`
        UPDATE Images SET Status = 'failed', Failure = ${code}, ${RELEASED}, LeaseUntil = ${at}, UpdatedAt = ${at}
        WHERE Id = ${id} AND Status IN ('uploaded', 'processing') AND DeletedAt IS NULL`),

    async withoutTask(at, rows) {
      const found = await ID.read(
        db,
        Prisma.sql`FROM Images i
        WHERE i.Status IN ('uploaded', 'processing') AND i.LeaseUntil <= ${at} AND i.DeletedAt IS NULL AND ${withoutTask('image', 'i.Id')}
        ORDER BY i.Id ${limit(db.engine, rows)}`,
      );
      return found.map(({ id }) => id);
    },

    markDeleted: (id, at) =>
      changed(Prisma.sql`
        UPDATE Images SET DeletedAt = ${at}, ${RELEASED}, UpdatedAt = ${at},
          LeaseUntil = CASE WHEN Status = 'uploaded' OR Holder = ${TASK_HOLDER} THEN ${at} ELSE LeaseUntil END
        WHERE Id = ${id} AND DeletedAt IS NULL`),

    async markAbandoned({ unused, receiving, failed }, at) {
      const ids = Prisma.sql`SELECT f.Id FROM Images f WHERE f.Status = 'failed' AND f.UpdatedAt < ${failed}`;
      await db.write(Prisma.sql`DELETE FROM ImageUses WHERE ImageId IN (${ids})`);
      return db.write(Prisma.sql`
        UPDATE Images SET DeletedAt = ${at}, ${RELEASED} WHERE DeletedAt IS NULL
          AND (UpdatedAt < ${unused} OR (Status = 'receiving' AND UpdatedAt < ${receiving}) OR (Status = 'failed' AND UpdatedAt < ${failed}))
          AND NOT EXISTS (SELECT 1 FROM ImageUses u WHERE u.ImageId = Images.Id)`);
    },

    async leftovers(at, rows) {
      const found = await LEFTOVER.read(
        db,
        Prisma.sql`FROM Images i
          WHERE i.LeaseUntil <= ${at} AND ${withoutRunningTask('image', 'i.Id', at)}
            AND (i.DeletedAt IS NOT NULL OR (i.Status IN ('ready', 'failed') AND i.OriginalKey IS NOT NULL))
          ORDER BY i.Id ${limit(db.engine, rows)}`,
      );
      return withVariants(found);
    },

    async purgeOriginal(id) {
      await db.write(Prisma.sql`UPDATE Images SET OriginalKey = NULL WHERE Id = ${id}`);
    },

    async purgeFiles(id) {
      await db.write(Prisma.sql`DELETE FROM ImageVariants WHERE ImageId = ${id}`);
      await db.write(Prisma.sql`UPDATE Images SET OriginalKey = NULL WHERE Id = ${id}`);
      await db.write(Prisma.sql`DELETE FROM Images WHERE Id = ${id} AND DeletedAt IS NOT NULL`);
    },
  };
}
