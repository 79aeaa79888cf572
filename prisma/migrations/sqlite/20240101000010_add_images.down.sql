-- destructive: Images, ImageVariants, ImageUses
DROP TABLE ImageUses;
DROP TABLE ImageVariants;
DROP TABLE Images;
