// SPDX-License-Identifier: Apache-2.0
// The driver of Lucene; what it must do is in ../README.md.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.misc.index.BPIndexReorderer;
import org.apache.lucene.misc.index.BPReorderingMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdStream;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.Version;

public final class Peer {
  static final String[] FACETS = {"country", "fund", "year"};
  static final List<String> CASES = List.of("or10", "or100", "and10", "phrase10", "prefix10", "fuzzy10",
      "or10-country", "or10-facets3", "count", "open", "commit", "threads2", "busy", "memory");

  static final class Asked {
    final String[] words;
    final String[] phrase;
    final String prefix;
    final String wrong;
    final String country;

    Asked(String line) {
      String[] cells = line.split("\t", -1);
      words = cells[0].split(" ");
      phrase = cells[1].split(" ");
      prefix = cells[2];
      wrong = cells[3];
      country = cells[4];
    }
  }

  record Hit(long document, float score) {}

  static BM25Similarity similarity() {
    return new BM25Similarity(1.2f, 0.75f);
  }

  static IndexSearcher searcher(IndexReader reader) {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setSimilarity(similarity());
    searcher.setQueryCache(null);  // every query is asked several times: a cache would be what is measured
    return searcher;
  }

  // ---- queries ----

  static Query any(Asked asked, Occur occur) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : asked.words) {
      query.add(new TermQuery(new Term("text", word)), occur);
    }
    return query.build();
  }

  static Query query(String name, Asked asked) {
    switch (name) {
      case "and10":
        return any(asked, Occur.MUST);
      case "phrase10":
        return new PhraseQuery("text", asked.phrase);
      case "prefix10":
        return new PrefixQuery(new Term("text", asked.prefix));
      case "fuzzy10":
        return new FuzzyQuery(new Term("text", asked.wrong), 1, 0, 4096, false);
      case "or10-country":
        return new BooleanQuery.Builder().add(any(asked, Occur.SHOULD), Occur.MUST)
            .add(new TermQuery(new Term("country", asked.country)), Occur.FILTER).build();
      default:
        return any(asked, Occur.SHOULD);
    }
  }

  /** The best documents as the host knows them: by the column with their number. */
  static Hit[] top(IndexSearcher searcher, Query query, int depth) throws IOException {
    // Not one document more is counted than the first ones need.
    return hits(searcher, searcher.search(query, new TopScoreDocCollectorManager(depth, null, depth)));
  }

  static Hit[] hits(IndexSearcher searcher, TopDocs best) throws IOException {
    ScoreDoc[] found = best.scoreDocs;
    Hit[] hits = new Hit[found.length];
    Integer[] order = new Integer[found.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> found[i].doc));
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    int leaf = -1;
    NumericDocValues numbers = null;
    for (int place : order) {
      int at = ReaderUtil.subIndex(found[place].doc, leaves);
      if (at != leaf) {
        leaf = at;
        numbers = leaves.get(leaf).reader().getNumericDocValues("number");
      }
      numbers.advanceExact(found[place].doc - leaves.get(leaf).docBase);
      hits[place] = new Hit(numbers.longValue(), found[place].score);
    }
    return hits;
  }

  /** Counts of every value of the three facets, by a pass of its own without scores: quicker than scoring
   * every match of the pass that looks for the best ten. */
  static final class Counts implements CollectorManager<Counts.Pass, Counts> {
    final List<Pass> passes = new ArrayList<>();
    long total;

    static final class Pass implements Collector {
      final List<Leaf> leaves = new ArrayList<>();

      @Override
      public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
        Leaf leaf = new Leaf(context);
        leaves.add(leaf);
        return leaf;
      }

      @Override
      public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
      }
    }

    static final class Leaf implements LeafCollector {
      final SortedDocValues[] values = new SortedDocValues[FACETS.length];
      final int[][] counts = new int[FACETS.length][];
      final int[] documents = new int[1024];
      int held;
      long total;

      Leaf(LeafReaderContext context) throws IOException {
        for (int facet = 0; facet < FACETS.length; ++facet) {
          values[facet] = context.reader().getSortedDocValues(FACETS[facet]);
          counts[facet] = new int[values[facet].getValueCount()];
        }
      }

      private void count(int size) throws IOException {
        total += size;
        for (int facet = 0; facet < FACETS.length; ++facet) {
          SortedDocValues of = values[facet];
          int[] into = counts[facet];
          for (int i = 0; i < size; ++i) {
            of.advanceExact(documents[i]);  // every document has a value
            ++into[of.ordValue()];
          }
        }
      }

      @Override
      public void setScorer(Scorable scorer) {}

      @Override
      public void collect(int document) throws IOException {
        documents[held++] = document;
        if (held == documents.length) {
          count(held);
          held = 0;
        }
      }

      @Override
      public void collect(DocIdStream stream) throws IOException {
        count(held);
        held = 0;
        for (int size = stream.intoArray(documents); size > 0; size = stream.intoArray(documents)) {
          count(size);
        }
      }

      @Override
      public void finish() throws IOException {
        count(held);
        held = 0;
      }
    }

    @Override
    public Pass newCollector() {
      return new Pass();
    }

    @Override
    public Counts reduce(java.util.Collection<Pass> all) {
      passes.addAll(all);
      for (Pass pass : all) {
        for (Leaf leaf : pass.leaves) {
          total += leaf.total;
        }
      }
      return this;
    }

    List<String> cells() throws IOException {
      java.util.Map<String, Long> sums = new java.util.TreeMap<>();
      for (Pass pass : passes) {
        for (Leaf leaf : pass.leaves) {
          for (int facet = 0; facet < FACETS.length; ++facet) {
            for (int ordinal = 0; ordinal < leaf.counts[facet].length; ++ordinal) {
              if (leaf.counts[facet][ordinal] > 0) {
                sums.merge(FACETS[facet] + ":" + leaf.values[facet].lookupOrd(ordinal).utf8ToString(),
                    (long) leaf.counts[facet][ordinal], Long::sum);
              }
            }
          }
        }
      }
      List<String> cells = new ArrayList<>();
      sums.forEach((value, count) -> cells.add(value + ":" + count));
      return cells;
    }
  }

  static volatile long sink;

  static void ask(IndexSearcher searcher, String name, Asked asked) throws IOException {
    Query query = query(name, asked);
    switch (name) {
      case "count":
        sink += searcher.count(query);
        break;
      case "or10-facets3":
        sink += top(searcher, query, 10).length;
        sink += searcher.search(query, new Counts()).total;
        break;
      case "prefix10":
        TopDocs all = searcher.search(query, new TopScoreDocCollectorManager(10, null, Integer.MAX_VALUE));
        sink += hits(searcher, all).length + all.totalHits.value();
        break;
      case "or100":
        sink += top(searcher, query, 100).length;
        break;
      default:
        sink += top(searcher, query, 10).length;
    }
  }

  static void answers(IndexSearcher searcher, String name, List<Asked> queries, int depth, String file)
      throws IOException {
    try (PrintWriter out = new PrintWriter(file, StandardCharsets.UTF_8)) {
      for (Asked asked : queries) {
        Query query = query(name, asked);
        StringBuilder line = new StringBuilder().append(searcher.count(query)).append('\t');
        if (depth > 0) {
          for (Hit hit : top(searcher, query, depth)) {
            line.append(hit.document).append(':').append(hit.score).append(' ');
          }
        }
        if (name.equals("or10-facets3")) {
          for (String cell : searcher.search(query, new Counts()).cells()) {
            line.append('\t').append(cell);
          }
        }
        out.print(line.append('\n'));
      }
    }
  }

  // ---- the index ----

  static final class Rows {
    final Document document = new Document();
    final Field number = new NumericDocValuesField("number", 0);
    final Field[] facets = new Field[FACETS.length];
    final Field country = new StringField("country", "", Field.Store.NO);
    final Field day = new NumericDocValuesField("day", 0);
    final Field amount = new NumericDocValuesField("amount", 0);
    final Field text;

    Rows() {
      FieldType type = new FieldType();
      type.setTokenized(true);
      type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
      type.freeze();
      text = new Field("text", "", type);
      for (int facet = 0; facet < FACETS.length; ++facet) {
        facets[facet] = new SortedDocValuesField(FACETS[facet], new BytesRef());
        document.add(facets[facet]);
      }
      for (Field field : List.of(number, country, day, amount, text)) {
        document.add(field);
      }
    }

    Document of(String[] cells) {
      number.setLongValue(Long.parseLong(cells[0]));
      for (int facet = 0; facet < FACETS.length; ++facet) {
        facets[facet].setBytesValue(new BytesRef(cells[1 + facet]));
      }
      country.setStringValue(cells[1]);
      day.setLongValue(Long.parseLong(cells[4]));
      amount.setLongValue(Long.parseLong(cells[5]));
      text.setStringValue(cells[6]);
      return document;
    }
  }

  static IndexWriterConfig config() {
    return new IndexWriterConfig(new WhitespaceAnalyzer()).setSimilarity(similarity());
  }

  static void build(String documents, String folder, boolean reorder) throws IOException {
    long started = System.nanoTime();
    long merged;
    int count = 0;
    // One thread; with this much memory the whole list is one segment unless documents are reordered,
    // which happens in merges.
    IndexWriterConfig config = config().setMergeScheduler(new SerialMergeScheduler()).setUseCompoundFile(false)
        .setRAMBufferSizeMB(reorder ? 32 : 1024);
    if (reorder) {
      config.setMergePolicy(new BPReorderingMergePolicy(new TieredMergePolicy(), new BPIndexReorderer()));
    }
    try (Directory directory = new MMapDirectory(Path.of(folder));
        IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader in = Files.newBufferedReader(Path.of(documents))) {
      Rows rows = new Rows();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        writer.addDocument(rows.of(line.split("\t", -1)));
        ++count;
      }
      writer.commit();
      merged = System.nanoTime();
      writer.forceMerge(1);
      writer.commit();
    }
    long ended = System.nanoTime();
    long bytes = 0;
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += Files.size(file);
      }
    }
    print("{\"seconds\": %.4f, \"merge_seconds\": %.4f, \"documents\": %d, \"bytes\": %d}",
        (ended - started) / 1e9, (ended - merged) / 1e9, count, bytes);
  }

  // ---- measuring ----

  static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static double percentile(double[] sorted, double part) {
    return sorted[(int) Math.max(0, Math.ceil(part * sorted.length) - 1)];
  }

  static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Until the compiler has seen enough: so many passes and so many seconds, within four times the budget
   * (with less some cases are measured half compiled now and then). */
  static void warm(IndexSearcher searcher, String name, List<Asked> queries, Options options) throws IOException {
    int passes = options.warm > 0 ? options.warm : 20;
    double least = options.warm > 0 ? 0 : 4;
    long started = System.nanoTime();
    for (long asked = 0; asked < (long) passes * queries.size() || seconds(started) < least; ++asked) {
      if (seconds(started) > 4 * options.budget) {
        break;
      }
      ask(searcher, name, queries.get((int) (asked % queries.size())));
    }
  }

  static void time(IndexSearcher searcher, String name, List<Asked> queries, Options options) throws IOException {
    int repeat = options.repeat > 0 ? options.repeat : 9;
    double[][] times = new double[queries.size()][repeat];
    long started = System.nanoTime();
    int passes = 0;
    do {
      for (int i = 0; i < queries.size(); ++i) {
        long before = System.nanoTime();
        ask(searcher, name, queries.get(i));
        times[i][passes] = (System.nanoTime() - before) / 1e3;
      }
    } while (++passes < repeat && seconds(started) < options.budget);
    double[] medians = new double[times.length];
    for (int i = 0; i < times.length; ++i) {
      double[] sorted = Arrays.copyOf(times[i], passes);
      Arrays.sort(sorted);
      medians[i] = sorted[passes / 2];
    }
    report(name, medians, passes);
  }

  static void report(String name, double[] times, int passes) {
    Arrays.sort(times);
    print("{\"case\": \"%s\", \"mean_us\": %.3f, \"p99_us\": %.3f, \"queries\": %d, \"repeats\": %d}", name,
        Arrays.stream(times).average().orElse(0), percentile(times, 0.99), times.length, passes);
  }

  static double throughput(IndexSearcher searcher, List<Asked> queries, int threads, double seconds)
      throws Exception {
    AtomicLong done = new AtomicLong();
    long until = System.nanoTime() + (long) (seconds * 1e9);
    Thread[] all = new Thread[threads];
    for (int number = 0; number < threads; ++number) {
      int first = number * queries.size() / threads;
      all[number] = new Thread(() -> {
        try {
          long own = 0;
          for (; System.nanoTime() < until; ++own) {
            ask(searcher, "or10", queries.get((int) ((first + own) % queries.size())));
          }
          done.addAndGet(own);
        } catch (IOException error) {
          throw new RuntimeException(error);
        }
      });
    }
    for (Thread thread : all) {
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    return done.get() / seconds;
  }

  static void threads2(IndexSearcher searcher, List<Asked> queries, Options options) throws Exception {
    double slot = options.part() / 5;
    warm(searcher, "or10", queries, options);
    throughput(searcher, queries, 2, slot);
    double[] one = new double[5];
    double[] two = new double[5];
    for (int round = 0; round < one.length; ++round) {
      one[round] = throughput(searcher, queries, 1, slot);
      two[round] = throughput(searcher, queries, 2, slot);
    }
    Arrays.sort(one);
    Arrays.sort(two);
    print("{\"case\": \"threads2\", \"one_qps\": %.1f, \"two_qps\": %.1f, \"ratio\": %.4f}", one[2], two[2],
        two[2] / one[2]);
  }

  static Path copied(String folder) throws IOException {
    Path copy = Path.of(folder + ".copy");
    removed(copy);
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  static void removed(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  static String[] written(int number, Asked like) {
    String token = "koinon" + number;
    return new String[] {String.valueOf(1_000_000_000L + number), like.country, "-", "2026", "20000", "100",
        String.join(" ", like.words) + " " + token};
  }

  static void commit(String folder, List<Asked> queries, Options options) throws IOException {
    Path copy = copied(folder);
    int warm = options.warm > 0 ? options.warm : 200;
    double[] times = new double[options.repeat > 0 ? options.repeat : 200];
    try (Directory directory = new MMapDirectory(copy); IndexWriter writer = new IndexWriter(directory, config())) {
      DirectoryReader reader = DirectoryReader.open(directory);
      Rows rows = new Rows();
      for (int number = 0; number < warm + times.length; ++number) {
        String[] cells = written(number, queries.get(number % queries.size()));
        long before = System.nanoTime();
        writer.addDocument(rows.of(cells));
        writer.commit();
        DirectoryReader newer = DirectoryReader.openIfChanged(reader);
        reader.close();
        reader = newer;
        Hit[] hits = top(searcher(reader), new TermQuery(new Term("text", "koinon" + number)), 10);
        if (hits.length != 1 || hits[0].document != 1_000_000_000L + number) {
          throw new IOException("a committed document was not found");
        }
        if (number >= warm) {
          times[number - warm] = (System.nanoTime() - before) / 1e3;
        }
      }
      reader.close();
    } finally {
      removed(copy);
    }
    report("commit", times, 1);
  }

  /** Every query of the passes for so many seconds, each time of its own: a median would hide the waiting. */
  static double[] samples(SearcherManager manager, List<Asked> queries, double seconds) throws IOException {
    double[] times = new double[1 << 22];
    int count = 0;
    long until = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < until && count < times.length) {
      Asked asked = queries.get(count % queries.size());
      long before = System.nanoTime();
      IndexSearcher searcher = manager.acquire();
      try {
        ask(searcher, "or10", asked);
      } finally {
        manager.release(searcher);
      }
      times[count++] = (System.nanoTime() - before) / 1e3;
    }
    double[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted;
  }

  static void busy(String folder, List<Asked> queries, Options options) throws Exception {
    Path copy = copied(folder);
    double part = options.part();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong commits = new AtomicLong();
    try (Directory directory = new MMapDirectory(copy); IndexWriter writer = new IndexWriter(directory, config())) {
      SearcherManager manager = new SearcherManager(directory, new SearcherFactory() {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
          return searcher(reader);
        }
      });
      samples(manager, queries, part);
      double[] idle = samples(manager, queries, part);
      Thread busy = new Thread(() -> {
        try {
          Rows rows = new Rows();
          for (int number = 0; !stop.get(); ++number) {
            writer.addDocument(rows.of(written(number, queries.get(number % queries.size()))));
            writer.commit();
            manager.maybeRefreshBlocking();
            commits.incrementAndGet();
          }
        } catch (IOException error) {
          throw new RuntimeException(error);
        }
      });
      busy.start();
      samples(manager, queries, part / 2);
      long before = commits.get();
      double[] beside = samples(manager, queries, 2 * part);
      long during = commits.get() - before;
      stop.set(true);
      busy.join();
      manager.close();
      print("{\"case\": \"busy\", \"idle_p99_us\": %.3f, \"busy_p99_us\": %.3f, \"ratio\": %.4f, \"commits\": %d}",
          percentile(idle, 0.99), percentile(beside, 0.99), percentile(beside, 0.99) / percentile(idle, 0.99), during);
    } finally {
      removed(copy);
    }
  }

  static double anonymousMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  // ---- relevance ----

  static void relevance(String documents, String queries) throws IOException {
    Path folder = Files.createTempDirectory("relevance");
    try (Directory directory = new MMapDirectory(folder)) {
      Analyzer analyzer = new EnglishAnalyzer();
      List<String> names = new ArrayList<>();
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(similarity()))) {
        Rows rows = new Rows();
        for (String line : Files.readAllLines(Path.of(documents))) {
          String[] cells = line.split("\t", 2);
          writer.addDocument(rows.of(new String[] {String.valueOf(names.size()), "-", "-", "-", "-1", "-1", cells[1]}));
          names.add(cells[0]);
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        QueryBuilder builder = new QueryBuilder(analyzer);
        IndexSearcher searcher = searcher(reader);
        for (String line : Files.readAllLines(Path.of(queries))) {
          String[] cells = line.split("\t", 2);
          StringBuilder out = new StringBuilder(cells[0]).append('\t');
          for (Hit hit : top(searcher, builder.createBooleanQuery("text", cells[1], Occur.SHOULD), 1000)) {
            out.append(names.get((int) hit.document)).append(' ');
          }
          System.out.println(out);
        }
      }
    } finally {
      removed(folder);
    }
  }

  static final class Options {
    int warm;  // 0 here and below: as the README says
    int repeat;
    double budget = 1e9;
    int depth = -1;
    String answers;

    Options(String[] words, int from) {
      for (int i = from; i + 1 < words.length; i += 2) {
        switch (words[i]) {
          case "--warm":
            warm = Integer.parseInt(words[i + 1]);
            break;
          case "--repeat":
            repeat = Integer.parseInt(words[i + 1]);
            break;
          case "--budget":
            budget = Double.parseDouble(words[i + 1]);
            break;
          case "--depth":
            depth = Integer.parseInt(words[i + 1]);
            break;
          case "--answers":
            answers = words[i + 1];
            break;
          default:
            throw new IllegalArgumentException(words[i]);
        }
      }
    }

    double part() {
      return Math.min(budget, 5);
    }
  }

  static void run(String[] words, long started) throws Exception {
    String folder = words[1];
    String name = words[3];
    Options options = new Options(words, 4);
    if (!CASES.contains(name)) {
      System.err.println("no case " + name);
      System.exit(3);
    }
    List<Asked> queries = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(words[2]))) {
      queries.add(new Asked(line));
    }
    if (name.equals("commit")) {
      commit(folder, queries, options);
      return;
    }
    if (name.equals("busy")) {
      busy(folder, queries, options);
      return;
    }
    try (Directory directory = new MMapDirectory(Path.of(folder)); DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = searcher(reader);
      switch (name) {
        case "open":
          ask(searcher, "or10", queries.get(0));
          print("{\"case\": \"open\", \"ms\": %.4f}", (System.nanoTime() - started) / 1e6);
          break;
        case "memory":
          for (int pass = 0; pass < 3; ++pass) {
            for (Asked asked : queries) {
              ask(searcher, "or10", asked);
            }
          }
          System.gc();
          print("{\"case\": \"memory\", \"mib\": %.3f}", anonymousMib());
          break;
        case "threads2":
          threads2(searcher, queries, options);
          break;
        default:
          if (options.answers != null) {
            int depth = name.equals("or100") ? 100 : name.equals("count") ? 0 : 10;
            answers(searcher, name, queries, options.depth >= 0 ? options.depth : depth, options.answers);
            break;
          }
          warm(searcher, name, queries, options);
          time(searcher, name, queries, options);
      }
    }
  }

  public static void main(String[] words) throws Exception {
    long started = System.nanoTime();
    switch (words.length > 0 ? words[0] : "") {
      case "version":
        print("Lucene %s on Java %s", Version.LATEST, Runtime.version().feature());
        break;
      case "build":
        build(words[1], words[2], Boolean.getBoolean("reorder"));
        break;
      case "run":
        run(words, started);
        break;
      case "relevance":
        relevance(words[1], words[2]);
        break;
      default:
        System.err.println("usage: version | build DOCS INDEX | run INDEX QUERIES CASE [options] | relevance DOCS QUERIES");
        System.exit(2);
    }
  }
}
