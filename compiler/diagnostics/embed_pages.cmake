# cmake -DOUTPUT=pages.cpp -DPAGES_DIRECTORY=explain -P embed_pages.cmake: writes the pages as string literals.
file(GLOB pages ${PAGES_DIRECTORY}/*.md)
list(SORT pages)
set(rows "")
set(count 0)
foreach(page IN LISTS pages)
  get_filename_component(code ${page} NAME_WE)
  file(READ ${page} text)
  string(APPEND rows "    {\"${code}\", R\"page(${text})page\"},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"compiler/diagnostics/explain_pages.h\"\n
namespace mlpc {\n
const EmbeddedPage embedded_pages[] = {\n${rows}};
const std::size_t embedded_page_count = ${count};\n
}  // namespace mlpc\n")
