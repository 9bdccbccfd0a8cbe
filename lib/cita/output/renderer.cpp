#include <cita/output/renderer.hpp>

namespace cita {

#define RENDERER(function, name) std::unique_ptr<Renderer> function(const TextStyle& style);
#include <cita/output/renderers.def>
#undef RENDERER

namespace {

struct Row {
  std::string_view name;
  std::unique_ptr<Renderer> (*make)(const TextStyle&);
};

constexpr Row rows[] = {
#define RENDERER(function, name) {name, function},
#include <cita/output/renderers.def>
#undef RENDERER
};

}  // namespace

std::vector<std::string_view> renderer_names() {
  std::vector<std::string_view> names;
  for (const Row& row : rows) names.push_back(row.name);
  return names;
}

std::unique_ptr<Renderer> make_renderer(std::string_view name, const TextStyle& style) {
  for (const Row& row : rows)
    if (row.name == name) return row.make(style);
  return nullptr;
}

}  // namespace cita
