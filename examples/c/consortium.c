/* From a call to a consortium: the best members for a call, and why, in the bundled sample or in a catalogue. Prints the answer as JSON.
 *
 *     consortium [CALL [REQUEST [CATALOGUE]]]     REQUEST: more of docs/reference/consortium-requests.md, as {"size_most":4}
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <koinon/koinon.h>

static int failed(kn_error* error) {
  fprintf(stderr, "%s: %s\n", kn_code_name(kn_error_code(error)), kn_error_message(error));
  kn_error_free(error);
  return 1;
}

/* The best so far and what no consortium can be worth more than, in thousandths. */
static void show(void* user_data, const kn_progress* progress) {
  (void)user_data;
  if (strcmp(progress->stage.data, "consortium") != 0) return;
  fprintf(stderr, "worth %.3f of at most %.3f\n", (double)progress->done / 1000, (double)progress->total / 1000);
}

int main(int count, char** words) {
  const char* call = count > 1 ? words[1] : "call-long-term-unemployment-2024";
  const char* more = count > 2 ? words[2] : "{\"size_most\":4}";
  const char* path = count > 3 ? words[3] : ":memory:";
  size_t length = strlen(call) + strlen(more) + 32;
  char* request = malloc(length);
  kn_catalogue* catalogue = NULL;
  kn_import_report* report = NULL;
  kn_task_options options;
  kn_task* task = NULL;
  kn_text* answer = NULL;
  kn_error* error = NULL;

  if (request == NULL || more[0] != '{') return 1;
  snprintf(request, length, "{\"call\":\"%s\"%s%s", call, more[1] == '}' ? "" : ",", more + 1);
  if (kn_open(path, strlen(path), NULL, &catalogue, &error) != KN_OK) return failed(error);
  if (count <= 3 && kn_import_sample(catalogue, NULL, NULL, &report, &error) != KN_OK) return failed(error);
  kn_import_report_free(report);

  kn_task_options_init(&options, sizeof options);
  options.progress = show;
  if (kn_task_new(&options, &task, &error) != KN_OK) return failed(error);
  if (kn_build_consortium(catalogue, request, strlen(request), task, &answer, &error) != KN_OK) return failed(error);
  puts(kn_text_data(answer));

  kn_text_free(answer);
  kn_task_free(task);
  free(request);
  return kn_close(catalogue) == KN_OK ? 0 : 1;
}
