-- Texts are folded by the product alone, so that both engines find the same: letters without their strokes (ß is ss, ł is l), no marks
-- of any script, each letter of a script without spaces by itself. Names are folded here; texts of listings by the job fold-listings.
DROP TRIGGER TR_SellerListings_Search_After;
DROP TRIGGER TR_SellerListings_Search_Before;
DROP TRIGGER TR_SellerListings_Search_Delete;
DROP TRIGGER TR_SellerListings_Search_Insert;
DROP TABLE ListingSearch;
DROP VIEW ListingTexts;
UPDATE SellerListings SET SearchText = NULL WHERE SearchText IS NOT NULL;
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ⱥ', 'a') , 'ᶏ', 'a') , 'ƀ', 'b') , 'ƃ', 'b') , 'ɓ', 'b') , 'ꞗ', 'b') , 'ᵬ', 'b') , 'ᶀ', 'b') , 'ƈ', 'c') , 'ȼ', 'c')
  , 'ɕ', 'c') , 'ꞓ', 'c') , 'ꞔ', 'c') , 'đ', 'd') , 'ð', 'd') , 'ƌ', 'd') , 'ȡ', 'd') , 'ɖ', 'd') , 'ɗ', 'd') , 'ꟈ', 'd')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ᵭ', 'd') , 'ᶁ', 'd') , 'ɇ', 'e') , 'ⱸ', 'e') , 'ᶒ', 'e') , 'ꬴ', 'e') , 'ƒ', 'f') , 'ꞙ', 'f') , 'ᵮ', 'f') , 'ᶂ', 'f')
  , 'ǥ', 'g') , 'ɠ', 'g') , 'ꞡ', 'g') , 'ᶃ', 'g') , 'ħ', 'h') , 'ɦ', 'h') , 'ⱨ', 'h') , 'ꞕ', 'h') , 'ı', 'i') , 'ɨ', 'i')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ᶖ', 'i') , 'ȷ', 'j') , 'ɉ', 'j') , 'ʝ', 'j') , 'ĸ', 'k') , 'ƙ', 'k') , 'ⱪ', 'k') , 'ꝁ', 'k') , 'ꝃ', 'k') , 'ꞣ', 'k')
  , 'ᶄ', 'k') , 'ł', 'l') , 'ƚ', 'l') , 'ȴ', 'l') , 'ɫ', 'l') , 'ɬ', 'l') , 'ɭ', 'l') , 'ⱡ', 'l') , 'ꝉ', 'l') , 'ᶅ', 'l')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ꬷ', 'l') , 'ꬸ', 'l') , 'ꬹ', 'l') , 'ɱ', 'm') , 'ᵯ', 'm') , 'ᶆ', 'm') , 'ꬺ', 'm') , 'ŋ', 'n') , 'ƞ', 'n') , 'ȵ', 'n')
  , 'ɲ', 'n') , 'ɳ', 'n') , 'ꞑ', 'n') , 'ꞥ', 'n') , 'ᵰ', 'n') , 'ᶇ', 'n') , 'ꬻ', 'n') , 'ø', 'o') , 'ɵ', 'o') , 'ⱺ', 'o')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ꝋ', 'o') , 'ꝍ', 'o') , 'ƥ', 'p') , 'ꝑ', 'p') , 'ꝓ', 'p') , 'ꝕ', 'p') , 'ᵱ', 'p') , 'ᵽ', 'p') , 'ᶈ', 'p') , 'ɋ', 'q')
  , 'ʠ', 'q') , 'ꝗ', 'q') , 'ꝙ', 'q') , 'ɍ', 'r') , 'ɼ', 'r') , 'ɽ', 'r') , 'ɾ', 'r') , 'ꞧ', 'r') , 'ᵲ', 'r') , 'ᶉ', 'r')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ꭉ', 'r') , 'ȿ', 's') , 'ʂ', 's') , 'ꞩ', 's') , 'ꟊ', 's') , 'ᵴ', 's') , 'ᶊ', 's') , 'ŧ', 't') , 'ƫ', 't') , 'ƭ', 't')
  , 'ȶ', 't') , 'ʈ', 't') , 'ⱦ', 't') , 'ᵵ', 't') , 'ʉ', 'u') , 'ꞹ', 'u') , 'ᶙ', 'u') , 'ꭎ', 'u') , 'ꭒ', 'u') , 'ʋ', 'v')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ⱱ', 'v') , 'ⱴ', 'v') , 'ꝟ', 'v') , 'ᶌ', 'v') , 'ⱳ', 'w') , 'ᶍ', 'x') , 'ꭖ', 'x') , 'ꭗ', 'x') , 'ꭙ', 'x') , 'ƴ', 'y')
  , 'ɏ', 'y') , 'ỿ', 'y') , 'ꭚ', 'y') , 'ƶ', 'z') , 'ȥ', 'z') , 'ɀ', 'z') , 'ʐ', 'z') , 'ʑ', 'z') , 'ⱬ', 'z') , 'ᵶ', 'z')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
UPDATE Users SET SearchName = substr(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(SearchName
  , 'ᶎ', 'z') , 'ß', 'ss') , 'æ', 'ae') , 'œ', 'oe') , 'þ', 'th') , 'ς', 'σ') , 'ک', 'ك') , 'ی', 'ي') , 'ى', 'ي') , 'ة', 'ه')
  , char(173), '') , char(1600), '') , char(8203), '') , char(8204), '') , char(8205), '') , char(8206), '') , char(8207), '') , char(8288), '') , char(65279), '')
  , 1, 200) WHERE SearchName GLOB '*[^ -~]*';
-- SearchText is ' title | description / attributes ', made of tokens in ASCII order of separators: the tokenizer ascii takes every other
-- character for a part of a token. Where it is missing, the plain text serves until it is folded (tag kp). Other tags hold what a search
-- narrows by, as tokens that people cannot type: x stands before another letter for a sign: kc category, ku currency, ke escrow, ks seller.
CREATE VIEW ListingTexts AS
SELECT l.Id,
  CASE WHEN l.SearchText <> '' THEN substr(l.SearchText, 1, instr(l.SearchText, '|')) ELSE l.Title END AS Title,
  CASE WHEN l.SearchText <> '' THEN substr(l.SearchText, instr(l.SearchText, '|'), instr(l.SearchText, '/') - instr(l.SearchText, '|'))
    ELSE COALESCE(l.Description, '') END AS Description,
  CASE WHEN l.SearchText <> '' THEN substr(l.SearchText, instr(l.SearchText, '/'))
    ELSE replace(replace(l.Metadata, '"name":', ' '), '"value":', ' ') END AS Attributes,
  'kc' || replace(replace(replace(l.Category || '/', 'x', 'xx'), '/', 'xs'), '-', 'xd')
    || ' kc' || replace(replace(replace(rtrim(l.Category, replace(l.Category, '/', '')), 'x', 'xx'), '/', 'xs'), '-', 'xd')
    || ' kc' || replace(replace(replace(substr(l.Category || '/', 1, instr(l.Category || '/', '/')), 'x', 'xx'), '/', 'xs'), '-', 'xd')
    || ' ku' || l.Currency || ' ke' || l.EscrowEnabled || ' ks' || l.SellerId
    || CASE WHEN l.SearchText <> '' THEN '' ELSE ' kp' END AS Tags
FROM SellerListings l WHERE l.Status = 'active';
CREATE VIRTUAL TABLE ListingSearch USING fts5 (
  Title, Description, Attributes, Tags,
  content = 'ListingTexts', content_rowid = 'Id', prefix = '2', tokenize = 'ascii'
);
CREATE TRIGGER TR_SellerListings_Search_Insert AFTER INSERT ON SellerListings BEGIN
  INSERT INTO ListingSearch (rowid, Title, Description, Attributes, Tags)
  SELECT t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = NEW.Id;
END;
CREATE TRIGGER TR_SellerListings_Search_Delete BEFORE DELETE ON SellerListings BEGIN
  INSERT INTO ListingSearch (ListingSearch, rowid, Title, Description, Attributes, Tags)
  SELECT 'delete', t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = OLD.Id;
END;
-- A release from before this migration changes a text and leaves its SearchText: the trigger sets that to '', which is no change of the
-- index by itself.
CREATE TRIGGER TR_SellerListings_Search_Before BEFORE UPDATE OF Title, Description, Metadata, Category, Currency, EscrowEnabled, SellerId, Status, SearchText ON SellerListings
WHEN NEW.SearchText IS NOT '' OR OLD.SearchText IS '' BEGIN
  INSERT INTO ListingSearch (ListingSearch, rowid, Title, Description, Attributes, Tags)
  SELECT 'delete', t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = OLD.Id;
END;
CREATE TRIGGER TR_SellerListings_Search_After AFTER UPDATE OF Title, Description, Metadata, Category, Currency, EscrowEnabled, SellerId, Status, SearchText ON SellerListings
WHEN NEW.SearchText IS NOT '' OR OLD.SearchText IS '' BEGIN
  UPDATE SellerListings SET SearchText = '' WHERE Id = NEW.Id AND NEW.SearchText <> '' AND NEW.SearchText IS OLD.SearchText
    AND (NEW.Title <> OLD.Title OR NEW.Description IS NOT OLD.Description OR NEW.Metadata IS NOT OLD.Metadata);
  INSERT INTO ListingSearch (rowid, Title, Description, Attributes, Tags)
  SELECT t.Id, t.Title, t.Description, t.Attributes, t.Tags FROM ListingTexts t WHERE t.Id = NEW.Id;
END;
INSERT INTO ListingSearch (ListingSearch) VALUES ('rebuild');
