-- Images: uploads, the sizes that are made of them, and where they are shown.
CREATE TABLE Images (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  OwnerId INTEGER NOT NULL,
  Purpose TEXT NOT NULL,
  Status TEXT NOT NULL,
  LiveKey TEXT NOT NULL,
  Bytes INTEGER NOT NULL,
  OriginalKey TEXT NULL,
  Width INTEGER NULL,
  Height INTEGER NULL,
  Blur TEXT NULL,
  Failure TEXT NULL,
  Attempts INTEGER NOT NULL DEFAULT 0,
  Holder TEXT NULL,
  LeaseUntil DATETIME NOT NULL,
  CreatedAt DATETIME NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  DeletedAt DATETIME NULL,
  CONSTRAINT FK_Images_Owner FOREIGN KEY (OwnerId) REFERENCES Users (Id),
  CONSTRAINT CK_Images_Purpose CHECK (Purpose IN ('profile', 'cover', 'listing')),
  CONSTRAINT CK_Images_Status CHECK (Status IN ('receiving', 'uploaded', 'processing', 'ready', 'failed'))
);
CREATE TABLE ImageVariants (
  ImageId INTEGER NOT NULL,
  Format TEXT NOT NULL,
  Width INTEGER NOT NULL,
  Height INTEGER NOT NULL,
  StorageKey TEXT NOT NULL,
  Bytes INTEGER NOT NULL,
  CONSTRAINT PK_ImageVariants PRIMARY KEY (ImageId, Format, Width),
  CONSTRAINT FK_ImageVariants_Image FOREIGN KEY (ImageId) REFERENCES Images (Id),
  CONSTRAINT CK_ImageVariants_Format CHECK (Format IN ('avif', 'webp'))
);
CREATE TABLE ImageUses (
  Purpose TEXT NOT NULL,
  SubjectId INTEGER NOT NULL,
  ImageId INTEGER NOT NULL,
  Position INTEGER NOT NULL,
  AltText TEXT NOT NULL,
  CONSTRAINT PK_ImageUses PRIMARY KEY (Purpose, SubjectId, ImageId),
  CONSTRAINT FK_ImageUses_Image FOREIGN KEY (ImageId) REFERENCES Images (Id),
  CONSTRAINT CK_ImageUses_Purpose CHECK (Purpose IN ('profile', 'cover', 'listing')),
  CONSTRAINT CK_ImageUses_Position CHECK (Position >= 0)
);
CREATE UNIQUE INDEX UX_Images_LiveKey ON Images (LiveKey);
CREATE INDEX IX_Images_Status ON Images (Status, LeaseUntil);
CREATE INDEX IX_Images_Owner ON Images (OwnerId, Id);
CREATE INDEX IX_Images_DeletedAt ON Images (DeletedAt, UpdatedAt);
CREATE UNIQUE INDEX UX_ImageVariants_StorageKey ON ImageVariants (StorageKey);
CREATE UNIQUE INDEX UX_ImageUses_Position ON ImageUses (Purpose, SubjectId, Position);
CREATE INDEX IX_ImageUses_Image ON ImageUses (ImageId);
