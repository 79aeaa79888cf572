-- Texts are folded by the product alone, so that both engines find the same: letters without their strokes (ß is ss, ł is l), no marks
-- of any script, each letter of a script without spaces by itself. Names are folded here; texts of listings by the job fold-listings.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ⱥ', N'a') , N'ᶏ', N'a') , N'ƀ', N'b') , N'ƃ', N'b') , N'ɓ', N'b') , N'ꞗ', N'b') , N'ᵬ', N'b') , N'ᶀ', N'b') , N'ƈ', N'c') , N'ȼ', N'c')
  , N'ɕ', N'c') , N'ꞓ', N'c') , N'ꞔ', N'c') , N'đ', N'd') , N'ð', N'd') , N'ƌ', N'd') , N'ȡ', N'd') , N'ɖ', N'd') , N'ɗ', N'd') , N'ꟈ', N'd')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ᵭ', N'd') , N'ᶁ', N'd') , N'ɇ', N'e') , N'ⱸ', N'e') , N'ᶒ', N'e') , N'ꬴ', N'e') , N'ƒ', N'f') , N'ꞙ', N'f') , N'ᵮ', N'f') , N'ᶂ', N'f')
  , N'ǥ', N'g') , N'ɠ', N'g') , N'ꞡ', N'g') , N'ᶃ', N'g') , N'ħ', N'h') , N'ɦ', N'h') , N'ⱨ', N'h') , N'ꞕ', N'h') , N'ı', N'i') , N'ɨ', N'i')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ᶖ', N'i') , N'ȷ', N'j') , N'ɉ', N'j') , N'ʝ', N'j') , N'ĸ', N'k') , N'ƙ', N'k') , N'ⱪ', N'k') , N'ꝁ', N'k') , N'ꝃ', N'k') , N'ꞣ', N'k')
  , N'ᶄ', N'k') , N'ł', N'l') , N'ƚ', N'l') , N'ȴ', N'l') , N'ɫ', N'l') , N'ɬ', N'l') , N'ɭ', N'l') , N'ⱡ', N'l') , N'ꝉ', N'l') , N'ᶅ', N'l')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ꬷ', N'l') , N'ꬸ', N'l') , N'ꬹ', N'l') , N'ɱ', N'm') , N'ᵯ', N'm') , N'ᶆ', N'm') , N'ꬺ', N'm') , N'ŋ', N'n') , N'ƞ', N'n') , N'ȵ', N'n')
  , N'ɲ', N'n') , N'ɳ', N'n') , N'ꞑ', N'n') , N'ꞥ', N'n') , N'ᵰ', N'n') , N'ᶇ', N'n') , N'ꬻ', N'n') , N'ø', N'o') , N'ɵ', N'o') , N'ⱺ', N'o')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ꝋ', N'o') , N'ꝍ', N'o') , N'ƥ', N'p') , N'ꝑ', N'p') , N'ꝓ', N'p') , N'ꝕ', N'p') , N'ᵱ', N'p') , N'ᵽ', N'p') , N'ᶈ', N'p') , N'ɋ', N'q')
  , N'ʠ', N'q') , N'ꝗ', N'q') , N'ꝙ', N'q') , N'ɍ', N'r') , N'ɼ', N'r') , N'ɽ', N'r') , N'ɾ', N'r') , N'ꞧ', N'r') , N'ᵲ', N'r') , N'ᶉ', N'r')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ꭉ', N'r') , N'ȿ', N's') , N'ʂ', N's') , N'ꞩ', N's') , N'ꟊ', N's') , N'ᵴ', N's') , N'ᶊ', N's') , N'ŧ', N't') , N'ƫ', N't') , N'ƭ', N't')
  , N'ȶ', N't') , N'ʈ', N't') , N'ⱦ', N't') , N'ᵵ', N't') , N'ʉ', N'u') , N'ꞹ', N'u') , N'ᶙ', N'u') , N'ꭎ', N'u') , N'ꭒ', N'u') , N'ʋ', N'v')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ⱱ', N'v') , N'ⱴ', N'v') , N'ꝟ', N'v') , N'ᶌ', N'v') , N'ⱳ', N'w') , N'ᶍ', N'x') , N'ꭖ', N'x') , N'ꭗ', N'x') , N'ꭙ', N'x') , N'ƴ', N'y')
  , N'ɏ', N'y') , N'ỿ', N'y') , N'ꭚ', N'y') , N'ƶ', N'z') , N'ȥ', N'z') , N'ɀ', N'z') , N'ʐ', N'z') , N'ʑ', N'z') , N'ⱬ', N'z') , N'ᵶ', N'z')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
UPDATE Users SET SearchName = LEFT(
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(SearchName COLLATE Latin1_General_BIN2
  , N'ᶎ', N'z') , N'ß', N'ss') , N'æ', N'ae') , N'œ', N'oe') , N'þ', N'th') , N'ς', N'σ') , N'ک', N'ك') , N'ی', N'ي') , N'ى', N'ي') , N'ة', N'ه')
  , NCHAR(173), N'') , NCHAR(1600), N'') , NCHAR(8203), N'') , NCHAR(8204), N'') , NCHAR(8205), N'') , NCHAR(8206), N'') , NCHAR(8207), N'') , NCHAR(8288), N'') , NCHAR(65279), N'')
  , 200) WHERE SearchName COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
GO
-- Texts of ASCII alone are folded as before.
UPDATE SellerListings SET SearchText = NULL WHERE SearchText COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
GO
COMMIT TRANSACTION;
GO
