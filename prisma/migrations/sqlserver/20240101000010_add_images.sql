-- Images: uploads, the sizes that are made of them, and where they are shown.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Images (
  Id INT IDENTITY(1,1) NOT NULL,
  OwnerId INT NOT NULL,
  Purpose NVARCHAR(20) NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  LiveKey NVARCHAR(110) NOT NULL,
  Bytes INT NOT NULL,
  OriginalKey NVARCHAR(100) NULL,
  Width INT NULL,
  Height INT NULL,
  Blur NVARCHAR(1000) NULL,
  Failure NVARCHAR(40) NULL,
  Attempts INT NOT NULL CONSTRAINT DF_Images_Attempts DEFAULT 0,
  Holder NVARCHAR(60) NULL,
  LeaseUntil DATETIME2(3) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  DeletedAt DATETIME2(3) NULL,
  CONSTRAINT PK_Images PRIMARY KEY (Id),
  CONSTRAINT FK_Images_Owner FOREIGN KEY (OwnerId) REFERENCES Users (Id),
  CONSTRAINT CK_Images_Purpose CHECK (Purpose IN (N'profile', N'cover', N'listing')),
  CONSTRAINT CK_Images_Status CHECK (Status IN (N'receiving', N'uploaded', N'processing', N'ready', N'failed'))
);
GO
CREATE TABLE ImageVariants (
  ImageId INT NOT NULL,
  Format NVARCHAR(10) NOT NULL,
  Width INT NOT NULL,
  Height INT NOT NULL,
  StorageKey NVARCHAR(100) NOT NULL,
  Bytes INT NOT NULL,
  CONSTRAINT PK_ImageVariants PRIMARY KEY (ImageId, Format, Width),
  CONSTRAINT FK_ImageVariants_Image FOREIGN KEY (ImageId) REFERENCES Images (Id),
  CONSTRAINT CK_ImageVariants_Format CHECK (Format IN (N'avif', N'webp'))
);
GO
CREATE TABLE ImageUses (
  Purpose NVARCHAR(20) NOT NULL,
  SubjectId INT NOT NULL,
  ImageId INT NOT NULL,
  Position INT NOT NULL,
  AltText NVARCHAR(300) NOT NULL,
  CONSTRAINT PK_ImageUses PRIMARY KEY (Purpose, SubjectId, ImageId),
  CONSTRAINT FK_ImageUses_Image FOREIGN KEY (ImageId) REFERENCES Images (Id),
  CONSTRAINT CK_ImageUses_Purpose CHECK (Purpose IN (N'profile', N'cover', N'listing')),
  CONSTRAINT CK_ImageUses_Position CHECK (Position >= 0)
);
GO
CREATE UNIQUE INDEX UX_Images_LiveKey ON Images (LiveKey);
CREATE INDEX IX_Images_Status ON Images (Status, LeaseUntil);
CREATE INDEX IX_Images_Owner ON Images (OwnerId, Id);
CREATE INDEX IX_Images_DeletedAt ON Images (DeletedAt, UpdatedAt);
CREATE UNIQUE INDEX UX_ImageVariants_StorageKey ON ImageVariants (StorageKey);
CREATE UNIQUE INDEX UX_ImageUses_Position ON ImageUses (Purpose, SubjectId, Position);
CREATE INDEX IX_ImageUses_Image ON ImageUses (ImageId);
GO
COMMIT TRANSACTION;
GO
