module.exports = function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/img");
  eleventyConfig.addPassthroughCopy({ "src/files": "/" });
  eleventyConfig.addFilter("shout", (text) => text.toUpperCase());
  eleventyConfig.addShortcode("year", () => "2024");
  return {
    dir: { input: "src", output: "_site" },
    markdownTemplateEngine: "njk",
  };
};
