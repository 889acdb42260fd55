/* First steps in C: a catalogue in memory, one organisation, read back and found again. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <koinon/koinon.h>

static int failed(kn_error* error) {
  fprintf(stderr, "%s: %s\n", kn_code_name(kn_error_code(error)), kn_error_message(error));
  kn_error_free(error);
  return 1;
}

int main(void) {
  const char* json = "{\"names\":[{\"language\":\"fi\",\"text\":\"Naapuritalo\"}],\"kind\":\"ngo\"}";
  kn_catalogue* catalogue = NULL;
  kn_error* error = NULL;
  kn_written written = {.struct_size = sizeof written};
  kn_text* text = NULL;
  kn_search_options question;
  kn_results* results = NULL;

  if (kn_open(":memory:", 8, NULL, &catalogue, &error) != KN_OK) return failed(error);
  if (kn_put_json(catalogue, KN_KIND_ORGANISATION, "", 0, json, strlen(json), NULL, &written, &error) != KN_OK) return failed(error);
  if (kn_get_json(catalogue, written.id, strlen(written.id), 0, &text, &error) != KN_OK) return failed(error);
  printf("change %" PRIu64 ": %s\n", written.change, kn_text_data(text));
  kn_text_free(text);

  kn_search_options_init(&question, sizeof question);
  question.text.data = "naapuritalo";
  question.text.length = strlen("naapuritalo");
  if (kn_search(catalogue, &question, NULL, &results, &error) != KN_OK) return failed(error);
  if (kn_results_json(results, &text, &error) != KN_OK) return failed(error);
  puts(kn_text_data(text));
  kn_text_free(text);
  kn_results_free(results);
  return kn_close(catalogue) == KN_OK ? 0 : 1;
}
