import type { ErrorCode } from '@assay/contract';
import type { ImageRow, ImagesRepository, ImageUse, ImageWithVariants, Place, ShownImage, VariantRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { valueRows } from '../engine/value-rows.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { RESERVED_MS, TASK_HOLDER, withoutRunningTask, withoutTask } from './earlier-queues.ts';

type RawImage = Omit<ImageRow, 'createdAt' | 'failure'> & { createdAt: RawDate; failure: string | null };

const COLUMNS = Prisma.sql`i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.CreatedAt AS createdAt`;

/** How long an upload may take to arrive; until then nobody cleans it away. */
const RECEIVING_MS = 60 * 60 * 1000;

const toRow = ({ createdAt, failure, ...raw }: RawImage): ImageRow => ({
  ...raw,
  failure: failure as ErrorCode | null,
  createdAt: toDate(createdAt),
});
const liveKey = (ownerId: number, purpose: string, sha256: string) => `${ownerId}:${purpose}:${sha256}`;
/** Frees the key of an image that nobody can see any more. */
const FREED = Prisma.sql`LiveKey = CONCAT('gone:', Id)`;

export function imagesRepository(db: Queryable): ImagesRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const isProcessing = (id: number) => Prisma.sql`Id = ${id} AND Status = 'processing' AND DeletedAt IS NULL`;
  const isPlace = ({ purpose, subjectId }: Place) => Prisma.sql`Purpose = ${purpose} AND SubjectId = ${subjectId}`;

  const variantsOf = async (ids: number[]): Promise<Map<number, VariantRow[]>> => {
    if (ids.length === 0) return new Map();
    const rows = await db.read<VariantRow & { imageId: number }>(Prisma.sql`
      SELECT v.ImageId AS imageId, v.Format AS format, v.Width AS width, v.Height AS height, v.StorageKey AS storageKey, v.Bytes AS bytes
      FROM ImageVariants v WHERE v.ImageId IN (${Prisma.join(ids)})`);
    const variants = new Map<number, VariantRow[]>();
    for (const { imageId, ...variant } of rows) variants.set(imageId, [...(variants.get(imageId) ?? []), variant]);
    return variants;
  };
  const withVariants = async <Raw extends RawImage>(raws: Raw[]): Promise<(ImageWithVariants & Omit<Raw, keyof RawImage>)[]> => {
    const variants = await variantsOf(raws.map(({ id }) => id));
    return raws.map((raw) => ({ ...raw, ...toRow(raw), variants: variants.get(raw.id) ?? [] }));
  };

  return {
    async lockOwner(ownerId) {
      await db.write(Prisma.sql`UPDATE Users SET UpdatedAt = UpdatedAt WHERE Id = ${ownerId}`);
    },

    async usage(ownerId) {
      const [row] = await db.read<{ images: number; bytes: number; waiting: number }>(Prisma.sql`
        SELECT CAST(COUNT(*) AS INT) AS images, COALESCE(SUM(CAST(i.Bytes AS FLOAT)), 0) AS bytes,
          COALESCE(SUM(CASE WHEN i.Status IN ('receiving', 'uploaded', 'processing') THEN 1 ELSE 0 END), 0) AS waiting
        FROM Images i WHERE i.OwnerId = ${ownerId} AND i.DeletedAt IS NULL AND i.Status <> 'failed'`);
      return row!;
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

    async findLive({ ownerId, purpose, sha256 }) {
      const key = liveKey(ownerId, purpose, sha256);
      const [row] = await db.read<RawImage>(Prisma.sql`SELECT ${COLUMNS} FROM Images i WHERE i.LiveKey = ${key}`);
      return row ? toRow(row) : null;
    },

    async find(id) {
      const rows = await db.read<RawImage>(Prisma.sql`SELECT ${COLUMNS} FROM Images i WHERE i.Id = ${id} AND i.DeletedAt IS NULL`);
      return (await withVariants(rows))[0] ?? null;
    },

    touch: (id, ownerId, at) =>
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
      db.read<ImageUse>(Prisma.sql`
        SELECT u.ImageId AS imageId, u.AltText AS alt, i.Status AS status FROM ImageUses u JOIN Images i ON i.Id = u.ImageId
        WHERE u.Purpose = ${purpose} AND u.SubjectId = ${subjectId} ORDER BY u.Position`),

    async replaceUses(place, uses) {
      await db.write(Prisma.sql`DELETE FROM ImageUses WHERE ${isPlace(place)}`);
      if (uses.length === 0) return;
      const rows = uses.map(({ imageId, alt }, position) => ({ imageId, position, alt }));
      await db.write(Prisma.sql`
        INSERT INTO ImageUses (Purpose, SubjectId, ImageId, Position, AltText)
        SELECT ${place.purpose}, ${place.subjectId}, n.imageId, n.position, n.alt FROM ${valueRows(db, rows)} n WHERE 1 = 1`);
    },

    placesOf: (imageId) =>
      db.read<Place>(Prisma.sql`SELECT u.Purpose AS purpose, u.SubjectId AS subjectId FROM ImageUses u WHERE u.ImageId = ${imageId}`),

    async attached({ purpose, subjectId }) {
      const rows = await db.read<RawImage & { alt: string }>(Prisma.sql`
        SELECT ${COLUMNS}, u.AltText AS alt FROM ImageUses u JOIN Images i ON i.Id = u.ImageId
        WHERE u.Purpose = ${purpose} AND u.SubjectId = ${subjectId} AND i.DeletedAt IS NULL ORDER BY u.Position`);
      return withVariants(rows);
    },

    async shown(purpose, subjectIds, first = false) {
      if (subjectIds.length === 0) return new Map();
      const isFirst = Prisma.sql`AND u.Position = (SELECT MIN(e.Position) FROM ImageUses e JOIN Images r ON r.Id = e.ImageId
        WHERE e.Purpose = u.Purpose AND e.SubjectId = u.SubjectId AND r.Status = 'ready')`;
      const rows = await db.read<Omit<ShownImage, 'variants'> & { subjectId: number }>(Prisma.sql`
        SELECT u.SubjectId AS subjectId, i.Id AS id, u.AltText AS alt, i.Width AS width, i.Height AS height, COALESCE(i.Blur, '') AS blur
        FROM ImageUses u JOIN Images i ON i.Id = u.ImageId
        WHERE u.Purpose = ${purpose} AND u.SubjectId IN (${Prisma.join([...subjectIds])}) AND i.Status = 'ready' AND i.DeletedAt IS NULL
          ${first ? isFirst : Prisma.empty}
        ORDER BY u.SubjectId, u.Position`);
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
      const [row] = await db.read<RawImage>(Prisma.sql`SELECT ${COLUMNS} FROM Images i WHERE ${isUnmade}`);
      if (!row) return null;
      return begun === 0 ? 'held' : toRow(row);
    },

    async postpone(id) {
      await db.write(Prisma.sql`UPDATE Images SET Status = 'uploaded' WHERE ${isProcessing(id)}`);
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
        UPDATE Images SET Status = 'failed', Failure = ${code}, ${FREED}, LeaseUntil = ${at}, UpdatedAt = ${at}
        WHERE Id = ${id} AND Status IN ('uploaded', 'processing') AND DeletedAt IS NULL`),

    async withoutTask(at, rows) {
      const found = await db.read<{ id: number }>(Prisma.sql`
        SELECT i.Id AS id FROM Images i
        WHERE i.Status IN ('uploaded', 'processing') AND i.LeaseUntil <= ${at} AND i.DeletedAt IS NULL AND ${withoutTask('image', 'i.Id')}
        ORDER BY i.Id ${limit(db.engine, rows)}`);
      return found.map(({ id }) => id);
    },

    markDeleted: (id, at) =>
      changed(Prisma.sql`
        UPDATE Images SET DeletedAt = ${at}, ${FREED}, UpdatedAt = ${at},
          LeaseUntil = CASE WHEN Status = 'uploaded' OR Holder = ${TASK_HOLDER} THEN ${at} ELSE LeaseUntil END
        WHERE Id = ${id} AND DeletedAt IS NULL`),

    async markForgotten({ unused, receiving, failed }, at) {
      const ids = Prisma.sql`SELECT f.Id FROM Images f WHERE f.Status = 'failed' AND f.UpdatedAt < ${failed}`;
      await db.write(Prisma.sql`DELETE FROM ImageUses WHERE ImageId IN (${ids})`);
      return db.write(Prisma.sql`
        UPDATE Images SET DeletedAt = ${at}, ${FREED} WHERE DeletedAt IS NULL
          AND (UpdatedAt < ${unused} OR (Status = 'receiving' AND UpdatedAt < ${receiving}) OR (Status = 'failed' AND UpdatedAt < ${failed}))
          AND NOT EXISTS (SELECT 1 FROM ImageUses u WHERE u.ImageId = Images.Id)`);
    },

    async leftovers(at, rows) {
      const found = await db.read<RawImage & { deleted: number }>(Prisma.sql`
        SELECT ${COLUMNS}, CASE WHEN i.DeletedAt IS NULL THEN 0 ELSE 1 END AS deleted FROM Images i
        WHERE i.LeaseUntil <= ${at} AND ${withoutRunningTask('image', 'i.Id', at)} AND (i.DeletedAt IS NOT NULL OR (i.Status IN ('ready', 'failed') AND i.OriginalKey IS NOT NULL))
        ORDER BY i.Id ${limit(db.engine, rows)}`);
      return (await withVariants(found)).map((row) => ({ ...row, deleted: row.deleted === 1 }));
    },

    async forgetOriginal(id) {
      await db.write(Prisma.sql`UPDATE Images SET OriginalKey = NULL WHERE Id = ${id}`);
    },

    async forgetFiles(id) {
      await db.write(Prisma.sql`DELETE FROM ImageVariants WHERE ImageId = ${id}`);
      await db.write(Prisma.sql`UPDATE Images SET OriginalKey = NULL WHERE Id = ${id}`);
      await db.write(Prisma.sql`DELETE FROM Images WHERE Id = ${id} AND DeletedAt IS NOT NULL`);
    },
  };
}
