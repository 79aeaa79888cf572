-- The index and the folded texts are made of the listings themselves: nothing is lost. Folded names stay: they are found by more.
DROP TRIGGER TR_SellerListings_Search_After;
DROP TRIGGER TR_SellerListings_Search_Before;
DROP TRIGGER TR_SellerListings_Search_Delete;
DROP TRIGGER TR_SellerListings_Search_Insert;
DROP TABLE ListingSearch;
DROP VIEW ListingTexts;
-- The words of what is for sale. Tags hold what a search narrows by, as words that nobody types: x stands before another letter
-- for a sign, so that each is one word: kc category, ku currency, ke escrow, ks seller.
CREATE VIEW ListingTexts AS
SELECT l.Id, l.Title, COALESCE(l.Description, '') AS Description,
  replace(replace(l.Metadata, '"name":', ' '), '"value":', ' ') AS Attributes,
  'kc' || replace(replace(replace(l.Category || '/', 'x', 'xx'), '/', 'xs'), '-', 'xd')
    || ' kc' || replace(replace(replace(rtrim(l.Category, replace(l.Category, '/', '')), 'x', 'xx'), '/', 'xs'), '-', 'xd')
    || ' kc' || replace(replace(replace(substr(l.Category || '/', 1, instr(l.Category || '/', '/')), 'x', 'xx'), '/', 'xs'), '-', 'xd')
    || ' ku' || l.Currency || ' ke' || l.EscrowEnabled || ' ks' || l.SellerId AS Tags
FROM SellerListings l WHERE l.Status = 'active';
CREATE VIRTUAL TABLE ListingSearch USING fts5 (
  Title, Description, Attributes, Tags,
  content = 'ListingTexts', content_rowid = 'Id', prefix = '2', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER TR_SellerListings_Search_Insert AFTER INSERT ON SellerListings BEGIN
  INSERT INTO ListingSearch (rowid, Title, Description, Attributes, Tags)
  SELECT t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = NEW.Id;
END;
CREATE TRIGGER TR_SellerListings_Search_Delete BEFORE DELETE ON SellerListings BEGIN
  INSERT INTO ListingSearch (ListingSearch, rowid, Title, Description, Attributes, Tags)
  SELECT 'delete', t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = OLD.Id;
END;
CREATE TRIGGER TR_SellerListings_Search_Before BEFORE UPDATE OF Title, Description, Metadata, Category, Currency, EscrowEnabled, SellerId, Status ON SellerListings BEGIN
  INSERT INTO ListingSearch (ListingSearch, rowid, Title, Description, Attributes, Tags)
  SELECT 'delete', t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = OLD.Id;
END;
CREATE TRIGGER TR_SellerListings_Search_After AFTER UPDATE OF Title, Description, Metadata, Category, Currency, EscrowEnabled, SellerId, Status ON SellerListings BEGIN
  INSERT INTO ListingSearch (rowid, Title, Description, Attributes, Tags)
  SELECT t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = NEW.Id;
END;
INSERT INTO ListingSearch (ListingSearch) VALUES ('rebuild');
