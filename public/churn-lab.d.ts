/**
 * Types of `window.churnLab`: everything the page of Churn Lab does, for programs.
 *
 * - Every method is async. What fails rejects with a {@link ChurnLabError}.
 * - Ids are opaque: take them from an answer, hand them to the next call, read nothing into them.
 * - Timestamps are Unix milliseconds, durations milliseconds, probabilities and shares 0 to 1.
 * - "Kept rows" are the rows of a file that could be used; they are numbered from 0.
 * - What is not known is `null`, never left out, unless a field is marked with `?`.
 * - Options that are left out have their default; an unknown one is refused with `unknown_option`.
 *
 * To use these types in another file: `/// <reference path="churn-lab.d.ts" />`.
 */

export {};

declare global {
  interface Window {
    /** The lab of this page: there as soon as the app has started; then await `ready()`. */
    readonly churnLab: ChurnLab;
  }
  /** See {@link Window.churnLab}. */
  const churnLab: ChurnLab;
}

/** The methods of `window.churnLab`. */
export interface ChurnLab {
  /** Resolves when the lab has been restored, or its first data set and model have been made. */
  ready(): Promise<Ready>;

  /**
   * Reads a CSV file and makes it the data set in use. Rows with a cell that can't be used are left
   * out and told in `issues`.
   *
   * Rejects with a code that starts with `csv_` when the file is no table, `unknown_target` or
   * `target_not_two_classes` when the target is none; the data set in use then stays.
   *
   * @param file UTF-8, or UTF-16 with a byte order mark, with a header row; the delimiter is found out.
   */
  loadCsv(file: string | ArrayBuffer | Uint8Array | Blob, options?: LoadOptions): Promise<DatasetLoaded>;

  /**
   * Draws made-up customers and makes them the data set in use. Same options, same customers.
   *
   * Rejects with `sample_rows_out_of_range`.
   */
  sample(options?: SampleOptions): Promise<DatasetLoaded>;

  /** Counts, quantiles, histograms and associations of the kept rows. */
  profile(datasetId: DatasetId): Promise<Profile>;

  /**
   * Trains a model, scores it on its training and test rows, keeps it as a run and makes it the
   * model in use.
   *
   * Rejects with `unknown_model_kind`, `unknown_param`, `bad_param`, `param_c`, `param_max_iter`,
   * `param_tol`, a code that starts with `split_`, `no_target`, `one_class` or `no_features`.
   */
  fit(datasetId: DatasetId, options: FitOptions): Promise<Fitted>;

  /**
   * Tries every combination of some settings, by all cores side by side, and keeps each as a run, in
   * the order of the combinations: the setting whose name comes first in the alphabet changes slowest.
   * Models are not kept; that of a run is made again, to the same bits, when it is chosen on the page.
   *
   * Rejects as `fit`, and with a code that starts with `grid_`, or `cancelled`.
   */
  grid(datasetId: DatasetId, options: GridOptions): Promise<Fitted[]>;

  /**
   * Makes the run of a model the next version of a registered model, and keeps its model.
   *
   * Rejects with `unknown_model`, `registry_name`, `already_registered`, or as `fit` where the model of
   * a grid's run has to be made again.
   */
  register(modelId: ModelId, options: RegisterOptions): Promise<Registered>;

  /**
   * Points an alias, such as "champion", at a version; at none where `version` is `null`.
   *
   * Rejects with `registry_alias` or `unknown_version`.
   */
  alias(of: Registered | { name: string; version: null }, alias: string): Promise<null>;

  /** Everything that is registered, and what its aliases pointed at. */
  registry(): Promise<Registry>;

  /**
   * A run as a file: a script for scikit-learn, a model card (HTML), the model as ONNX, or MLflow's
   * folder as a ZIP archive, with the ONNX model in it where the lab keeps the model. For `onnx` the
   * model of a grid's run is made again first, and then kept; the model in use stays.
   *
   * Rejects with `unknown_run`, `unknown_format`, `unknown_dataset` when the data set is gone,
   * `onnx_no_operator` for naive Bayes and k nearest neighbours, a code that starts with `onnx_` or
   * `zip_`, or `room_lost` when the code that exports can't be loaded.
   *
   * @param number That of the run, as the runs table shows it.
   */
  exportRun(number: number, format: "script" | "card"): Promise<string>;
  exportRun(number: number, format: "onnx" | "mlflow"): Promise<Uint8Array>;

  /**
   * The probability of the positive class, one a record.
   *
   * Rejects with `unknown_field`, `unknown_level`, `not_a_number` or `not_a_date` when a record is refused.
   */
  predict(modelId: ModelId, records: CustomerRecord[]): Promise<number[]>;

  /**
   * Why the model gives this record this probability: LIME, number for number as Python's `lime`
   * with the same seed.
   *
   * Rejects as `predict` does, and with `invalid_samples`, `invalid_features`, `bad_param`,
   * `neighbourhood_too_small` or `first_is_not_the_record`.
   */
  explain(modelId: ModelId, record: CustomerRecord, options?: ExplainOptions): Promise<Explained>;

  /**
   * The same explanation with one seed after the other: how much its weights hang on the seed. With
   * `width` neighbours are doubled until the weights of the first three features differ by at most that.
   *
   * Rejects as `explain` does, and with `invalid_seeds`, `invalid_width`, or `cancelled` when a person
   * cancels it on the page.
   */
  stability(modelId: ModelId, record: CustomerRecord, options?: StabilityOptions): Promise<Stability>;

  /**
   * An explanation beside others, each made with other settings of LIME: what a setting does to the
   * weights. They equal those of Python's `lime` with the same settings and seed.
   *
   * Rejects as `explain` does, and with `bad_param`, `out_of_range` for more than 8 variants,
   * `discretizer` when numbers are cut otherwise and the model's data set has gone, or `cancelled`.
   */
  limeSettings(modelId: ModelId, record: CustomerRecord, options?: LimeSettingsOptions): Promise<LimeCompared>;

  /**
   * A fair share of the prediction for each feature; base and shares add up to the prediction. Exact for
   * logistic regression and linear SVC up to 19 features, against the training means, and for trees and
   * forests, against training rows; else an estimate with standard errors.
   *
   * Rejects as `predict` does, and with `invalid_background`, `invalid_permutations`, `no_background` when
   * the model is compared with rows and its data set has gone, or `cancelled`.
   */
  shapley(modelId: ModelId, record: CustomerRecord, options?: ShapleyOptions): Promise<ShapleyValues>;

  /**
   * What the model says when one feature is set to other values: for the record, and on average over
   * training rows (partial dependence, on scikit-learn's grid).
   *
   * Rejects as `predict` does, and with `bad_param`, `unknown_field`, `no_background` when the model's data
   * set has gone, or `cancelled`.
   */
  curves(modelId: ModelId, record: CustomerRecord, options?: CurvesOptions): Promise<Curves>;

  /**
   * The cheapest changes that bring the record to the other side of a threshold, each answer of other
   * features; or the proof that there are none on the lattice of values tried. Only a search that is too
   * long ends without either, and says so.
   *
   * Rejects as `curves` does.
   */
  counterfactuals(
    modelId: ModelId,
    record: CustomerRecord,
    options?: CounterfactualOptions,
  ): Promise<Counterfactuals>;

  /**
   * Asks what a model says over many rows of its data set: permutation importance, a summary of Shapley
   * values, averaged LIME weights, a surrogate tree, partial dependence with accumulated local effects,
   * the dependence on a pair, or Friedman's H of every pair. It describes the model, not causes.
   *
   * Rejects with `unknown_method`, `unknown_option`, `bad_argument`, `out_of_range`, `unknown_field`,
   * `same_feature`, `one_class`, `no_log_odds`, `no_background` when the data set has gone, or
   * `cancelled`.
   */
  whole<Q extends WholeQuestion>(modelId: ModelId, question: Q): Promise<WholeAnswers[Q["method"]]>;

  /**
   * All customers of a data set as a model sees them, page by page, with what a threshold comes to: what
   * the Customers room shows. With `weights`, with an order by weight and with `groups` customers are
   * explained for it, by all cores; what was explained with the same model and seed is not explained again.
   *
   * Rejects with `unknown_model`, `unknown_dataset`, `other_dataset` or `unknown_level` when the data set is
   * none for the model, `bad_filter`, `fraction_out_of_range`, `unknown_order`, `unknown_column`, `too_many`
   * for more than 1,000 customers a page, `groups_out_of_range`, `threshold_out_of_range`, `bad_param`, a
   * code for an offer that is none, as `explain`, `room_lost` when the code can't be loaded, or `cancelled`
   * when a person cancels it on the page.
   */
  customers(modelId: ModelId, datasetId: DatasetId, options?: CustomersOptions): Promise<Customers>;

  /**
   * Deploys a model under a name; the same name again makes the next build, with an id of its own.
   *
   * Rejects with `unknown_model`, `blank_name` or `long_name`.
   */
  deploy(modelId: ModelId, options: DeployOptions): Promise<Deployed>;

  /**
   * Calls an endpoint; the call is kept in the metrics store.
   *
   * Rejects with `unknown_endpoint`, or as `predict` does.
   */
  call(endpointId: EndpointId, request: CustomerRecord): Promise<CallAnswer>;

  /**
   * Calls an endpoint many times with the test rows of its model, in order and over again. Every call
   * is kept in the metrics store, marked as simulated. Gives the summary of the new calls.
   *
   * Rejects with `calls_out_of_range`, `unknown_endpoint`, `unknown_model`, `no_target`, or
   * `cancelled` when a person cancels it on the page; calls made until then stay.
   *
   * @param onProgress hears about twenty times a second how far it has come.
   */
  simulate(
    endpointId: EndpointId,
    options?: SimulateOptions,
    onProgress?: (progress: SimulationProgress) => void,
  ): Promise<MonitoringReport>;

  /**
   * The calls of an endpoint, in their order.
   *
   * Rejects with `unknown_endpoint`.
   */
  metrics(endpointId: EndpointId, options?: MetricsOptions): Promise<PredictionEvent[]>;

  /**
   * How far the current rows have moved from the reference, column by column.
   *
   * Rejects with `unknown_side`, `drift_threshold`, `drift_empty_side`, `drift_no_common_column` or
   * `drift_unequal_kinds`.
   *
   * @param referenceId a data set, or an endpoint: then the training rows of its model.
   * @param currentId a data set, or an endpoint: then the requests of its calls.
   */
  drift(
    referenceId: DatasetId | EndpointId,
    currentId: DatasetId | EndpointId,
    options?: DriftOptions,
  ): Promise<DriftReport>;

  /** Deletes everything in this browser and starts again as on the first visit. */
  reset(): Promise<null>;
}

/** What a rejected promise carries. */
export interface ChurnLabError extends Error {
  /**
   * Stable, for programs. Beside those named at the methods: `bad_argument` (an argument is missing or
   * of another shape), `unknown_option`, `not_found`, `cancelled`, `worker_crashed` (the worker is
   * replaced; try again), `worker_refused`, `stale_build` (reload the page), `part_lost` (code could not be
   * fetched; try again, or reload the page), `protocol`, and those of
   * the storage, which start with `storage_`.
   */
  readonly code: string;
  /** A sentence for people: place, value, and what is allowed. */
  readonly message: string;
}

export type DatasetId = string;
export type ModelId = string;
export type RunId = string;
export type EndpointId = string;

/**
 * A customer: raw values by column name, `{ tenure: 29, Contract: "Month-to-month" }`. Categories are
 * texts as in the file (`SeniorCitizen` is "No" or "Yes"), numbers are finite. Where a record goes to
 * a model, missing fields take the training default: the median, or the first level.
 */
export type CustomerRecord = Record<string, string | number>;

export interface Ready {
  /** Of the lab, "0.1.0". */
  version: string;
  /** "memory" when this browser refuses to store: then the lab forgets when the tab closes. */
  storage: "indexeddb" | "memory";
}

// Data

export interface LoadOptions {
  /** Shown to people. Default "Untitled.csv". */
  name?: string;
  /** The column to predict, with two levels. Default: "Churn", else the last with two levels. */
  target?: string;
}

export interface SampleOptions {
  /** 1 to 1,000,000. Default 7,043. */
  rows?: number;
  /** 0 to 2³² − 1. Default 7. */
  seed?: number;
  /** Shown to people. Default "Sample". */
  name?: string;
  /** Which population. Default "default", the only one so far. */
  scenario?: "default";
}

/**
 * `identifier` names the row, `numeric` holds finite numbers, `categorical` one of a few levels, `text`
 * anything else.
 */
export type ColumnKind = "identifier" | "numeric" | "categorical" | "text";

/** What a column is used for. */
export type ColumnRole = "feature" | "target" | "identifier" | "ignored";

export interface DatasetLoaded {
  /** The same for the same content under the same name. */
  datasetId: DatasetId;
  /** Data rows in the file. */
  rows: number;
  /** Rows that could be used. */
  kept: number;
  /** In file order. */
  columns: LoadedColumn[];
  /** Why rows were left out, in file order; the first 1,000. */
  issues: RowIssue[];
  /** How long reading took. */
  ms: number;
}

export interface LoadedColumn {
  name: string;
  kind: ColumnKind;
  /** Of a categorical column, sorted by code point. */
  levels?: string[];
}

export interface RowIssue {
  /** Data row in the file, counted from 1; the header is not counted. */
  row: number;
  /** The column's header, or empty when the whole row is meant. */
  column: string;
  /** "TotalCharges is blank". */
  message: string;
}

// Profile

export interface Profile {
  datasetId: DatasetId;
  /** Kept rows. */
  nRows: number;
  /** Rows of each class; `null` without a target. */
  classes: ClassCounts | null;
  /** In file order. */
  columns: ColumnProfile[];
  /** Of the numeric columns, and the target as 0/1 last. */
  correlations: Correlations;
}

export interface ClassCounts {
  negative: number;
  positive: number;
}

export interface ColumnProfile {
  name: string;
  kind: ColumnKind;
  role: ColumnRole;
  /** Blank cells in the file, rows left out included. */
  missing: number;
  /** Different values among the kept rows. */
  distinct: number;
  /** One of three: of a categorical column, of a numeric one, or some examples of texts. */
  detail: { levels: LevelsProfile } | { numbers: NumberProfile } | { text: string[] };
}

export interface LevelsProfile {
  levels: LevelCount[];
  /** With the target; `null` without one, or for the target itself. */
  association: Association | null;
}

export interface LevelCount {
  level: string;
  count: number;
  /** The same by class; `null` without a target. */
  classes: ClassCounts | null;
}

/** How much a categorical column says about the target. */
export interface Association {
  /** Pearson's χ² of the levels × classes table, no continuity correction. */
  chi2: number;
  /** √(χ² / (n·(min(rows, columns) − 1))), 0 to 1, no bias correction. */
  cramersV: number;
  /** Plug-in mutual information, nats. */
  mutualInformation: number;
}

export interface NumberProfile {
  all: FiveNumbers;
  /** `null` without a target, or where the class has no row. */
  negative: FiveNumbers | null;
  /** See `negative`. */
  positive: FiveNumbers | null;
  /** Ten bins of equal width over the range. */
  histogram: Histogram;
}

/** A box plot's figures. Quartiles by linear interpolation. */
export interface FiveNumbers {
  n: number;
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
  /** Smallest value not below q1 − 1.5·(q3 − q1). */
  whiskerLow: number;
  /** Largest value not above q3 + 1.5·(q3 − q1). */
  whiskerHigh: number;
  /** Values beyond the whiskers. */
  outliers: number;
  mean: number;
  /** With n − 1; 0 for one row. */
  std: number;
}

export interface Histogram {
  /** Ascending, one more than bins; the last bin includes its right edge. */
  edges: number[];
  /** Rows in each bin. */
  all: number[];
  /** Rows of the negative class; empty without a target. */
  negative: number[];
  /** Rows of the positive class; empty without a target. */
  positive: number[];
}

export interface Correlations {
  /** Row and column names. */
  names: string[];
  /** Pearson's, symmetric; `null` where a column is constant. */
  pearson: (number | null)[][];
}

// Training

export interface FitOptions {
  /** The family. */
  model:
    | "logistic"
    | "logistic_cv"
    | "svc"
    | "baseline"
    | "decision_tree"
    | "random_forest"
    | "gradient_boosting"
    | "naive_bayes"
    | "knn";
  /** scikit-learn's names and meaning; an unknown one is refused with `unknown_param`. */
  params?:
    | LogisticParams
    | LogisticCvParams
    | SvcParams
    | DecisionTreeParams
    | RandomForestParams
    | GradientBoostingParams
    | NaiveBayesParams
    | KnnParams;
  /** Default `{ testRatio: 0.25, seed: 42 }`. */
  split?: RandomSplit | RowsSplit;
  /**
   * From which probability on a row counts as positive: a number, as `FixedThresholdClassifier`, or the
   * one that serves a score best in five folds of the training rows, as `TunedThresholdClassifierCV`.
   * Default `null`: the model's own rule. Rejects with `threshold_out_of_range` or `threshold_constant`.
   */
  threshold?: number | "balanced_accuracy" | "f1" | "accuracy" | null;
}

export interface GridOptions extends Omit<FitOptions, "params"> {
  /** Each setting with its value, or the values to try; at most 1,000 combinations. */
  params?: Record<string, SettingValue | SettingValue[]>;
  /** Scores on training rows left out; default none. `folds` 5, `repeats` 1, `seed` 0. */
  validation?: { folds?: number; repeats?: number; seed?: number };
  /** A random search: so many of at most 100,000 combinations, drawn by the seed. */
  draw?: { n: number; seed: number };
}

/** `null` is Python's `None`. */
export type SettingValue = number | string | boolean | null;

export interface LogisticParams {
  /** Inverse strength of the penalty, above 0. Default 1. */
  C?: number;
  /** Default "l2"; the others set weights to 0. */
  penalty?: "l2" | "l1" | "elasticnet";
  /** With "elasticnet" only, and needed there: the share of absolute weights in the penalty, 0 to 1. */
  l1_ratio?: number;
  /** Stops when no weight is farther from its condition of optimality, above 0. Default 1e-9. */
  tol?: number;
  /** Solver steps at most, at least 1. Default 100. */
  max_iter?: number;
  /** Rows of the rarer class count as much more as it is rarer. Default `null`. */
  class_weight?: "balanced" | null;
}

/** scikit-learn's `LogisticRegressionCV` by accuracy, every fit to its optimum. */
export interface LogisticCvParams {
  /** How many C to choose from, evenly in the exponent from 1e-4 to 1e4, 1 to 100. Default 10. */
  Cs?: number;
  /** Stratified folds, at least 2. Default 5. */
  cv?: number;
  /** Mixes the rows before they are dealt to folds. Default: they are dealt as they come. */
  seed?: number;
  /** Default "l2", the only one so far. */
  penalty?: "l2";
  /** A fit stops when no component of the gradient is larger, above 0. Default 1e-9. */
  tol?: number;
  /** Solver steps of each fit at most, at least 1. Default 100. */
  max_iter?: number;
}

/** scikit-learn's `SVC(probability=True)`, step for step. */
export interface SvcParams {
  /** What an error costs, above 0. Default 1. */
  C?: number;
  /** Default "rbf". */
  kernel?: "linear" | "rbf" | "poly" | "sigmoid";
  /** Of every kernel but "linear": "scale", "auto" or a number above 0. Default "scale". */
  gamma?: "scale" | "auto" | number;
  /** Of "poly". Default 3. */
  degree?: number;
  /** Of "poly" and "sigmoid". Default 0. */
  coef0?: number;
  /** Stops when no pair of rows violates optimality by more, above 0. Default 1e-3. */
  tol?: number;
  /** Solver steps at most, at least 1, or −1 for no limit. Default −1. */
  max_iter?: number;
  /** Errors of the rarer class cost as much more as it is rarer. Default: both cost the same. */
  class_weight?: "balanced" | null;
  /** scikit-learn's `random_state`: draws the rows that the probability is fitted on. Default 0. */
  seed?: number;
}

/** scikit-learn's `DecisionTreeClassifier`, split for split. */
export interface DecisionTreeParams {
  /** Default "gini". */
  criterion?: "gini" | "entropy";
  /** Edges from the root to a leaf at most, at least 1, or `null` for no limit. Default `null`. */
  max_depth?: number | null;
  /** Rows a node needs to be split, at least 2. Default 2. */
  min_samples_split?: number;
  /** Rows each side of a split needs, at least 1. Default 1. */
  min_samples_leaf?: number;
  /**
   * One-hot columns looked at for a split: a number from 1, a share under 1, or `null` for all.
   * Default `null`; of a forest "sqrt".
   */
  max_features?: "sqrt" | "log2" | number | null;
  /** Rows of the rarer class count as much more as it is rarer. Default `null`. */
  class_weight?: "balanced" | null;
  /** scikit-learn's `random_state`. Default 0. */
  seed?: number;
}

/** scikit-learn's `RandomForestClassifier`, tree for tree. */
export interface RandomForestParams extends DecisionTreeParams {
  /** Trees, 1 to 1,000. Default 100. */
  n_estimators?: number;
  /** Each tree learns from as many rows, drawn with replacement. Default true. */
  bootstrap?: boolean;
}

/** scikit-learn's `HistGradientBoostingClassifier(early_stopping=False)`. */
export interface GradientBoostingParams {
  /** Share of a step that each tree takes, above 0. Default 0.1. */
  learning_rate?: number;
  /** Trees, 1 to 2,000. Default 100. */
  max_iter?: number;
  /** Leaves of a tree at most, at least 2, or `null` for no limit. Default 31. */
  max_leaf_nodes?: number | null;
  /** Edges from the root to a leaf at most, at least 1, or `null` for no limit. Default `null`. */
  max_depth?: number | null;
  /** Rows a leaf needs, at least 1. Default 20. */
  min_samples_leaf?: number;
  /** At least 0. Default 0. */
  l2_regularization?: number;
  /** Bins of a number, 2 to 255. Default 255. */
  max_bins?: number;
  /** Rows of the rarer class count as much more as it is rarer. Default `null`. */
  class_weight?: "balanced" | null;
  /** scikit-learn's `random_state`; nothing is drawn. Default 0. */
  seed?: number;
}

export interface NaiveBayesParams {
  /**
   * "categorical": levels by their shares, numbers normal (`CategoricalNB` and `GaussianNB` together).
   * "gaussian": every standardised one-hot column normal (`GaussianNB`). Default "categorical".
   */
  kind?: "categorical" | "gaussian";
  /** Share of the largest variance that is added to each, at least 0. Default 1e-9. */
  var_smoothing?: number;
  /** Rows added to every level's count, above 0. Default 1. */
  alpha?: number;
}

/** scikit-learn's `KNeighborsClassifier`; of rows equally far the first in training is nearer. */
export interface KnnParams {
  /** 1 to the number of training rows. Default 5. */
  n_neighbors?: number;
  /** Default "uniform". */
  weights?: "uniform" | "distance";
}

/** scikit-learn's `train_test_split(test_size=testRatio, random_state=seed)`, draw for draw. */
export interface RandomSplit {
  /** Share of test rows, above 0 and under 1. */
  testRatio: number;
  /** 0 to 2³² − 1. */
  seed: number;
}

/** Kept rows by number, from 0; no row twice. */
export interface RowsSplit {
  train: number[];
  test: number[];
}

export interface Fitted {
  modelId: ModelId;
  runId: RunId;
  /** On the training rows. */
  train: Scores;
  /** On the test rows. */
  test: Scores;
  /**
   * `intercept` and one weight a standardised one-hot column: `{ "Contract=Two year": -0.33 }`; empty
   * when the model is not linear.
   */
  coefficients: Record<string, number>;
  /** Solver steps taken, or trees grown; 1 where there is neither. */
  iterations: number;
  /** A row counts as positive from this probability on; `null` where the model decides by itself. */
  threshold: number | null;
  /** Scores on training rows left out, fold by fold; of a grid that was asked for them. */
  validation?: { accuracy: number[]; rocAuc: number[]; logLoss: number[] };
  /** How long the fit took. */
  ms: number;
}

/**
 * At threshold 0.5 where one is needed: p ≥ 0.5 is predicted positive; with support vectors the sign
 * of the decision function decides instead, as in scikit-learn.
 */
export interface Scores {
  accuracy: number;
  /** 0 when nothing is predicted positive. */
  precision: number;
  /** 0 when nothing is positive. */
  recall: number;
  /** 0 when undefined. */
  f1: number;
  /** `null` when only one class is present. */
  roc_auc: number | null;
  /** `null` when no row is positive. */
  average_precision: number | null;
  /** Mean of −ln p(true class), nats. */
  log_loss: number;
  /** Mean of (p − y)². */
  brier: number;
  /** Rows, true × predicted class. */
  confusion: { tn: number; fp: number; fn: number; tp: number };
  /** Rows. */
  n: number;
}

// The registry

export interface RegisterOptions {
  /** What the model is called: 1 to 60 characters, without "/" and ":". */
  name: string;
}

/** A version of a registered model. */
export interface Registered {
  name: string;
  /** Counts up from 1 for each name; never given twice. */
  version: number;
}

export interface Registry {
  /** In the order they were registered. */
  versions: (Registered & {
    runId: RunId;
    runNumber: number;
    modelId: ModelId;
    /** Unix milliseconds. */
    registeredMs: number;
    /** A person's words about it. */
    note: string;
  })[];
  /** What aliases pointed at from when on, in the order it happened; `null` for nothing. */
  history: { name: string; alias: string; version: number | null; atMs: number }[];
  /** The last version of each name, deleted ones among them. */
  last: Record<string, number>;
}

// Explanations

export interface ExplainOptions {
  /** Neighbours drawn, the record itself included, 2 to 1,000,000. Default 5,000. */
  samples?: number;
  /** How many features get a weight, at least 1. Default 10. */
  features?: number | "all";
  /** Seed of the neighbours, 0 to 2³² − 1. Default 42. */
  seed?: number;
  /** Fixed perturbations instead of drawn ones; the first is the record itself. */
  neighbourhood?: CustomerRecord[];
}

/** How often an explanation is made, and until when. */
export interface StabilityOptions {
  /** Neighbours of each explanation, the record itself included. Default 5,000. */
  samples?: number;
  /** How many features get a weight, at least 1. Default 10. */
  features?: number | "all";
  /** The first seed. Default 42. */
  seed?: number;
  /** How many seeds, 2 to 200. Default 30. */
  seeds?: number;
  /** Doubles the neighbours until the first three weights differ by at most this. Default: not at all. */
  width?: number;
  /** No more neighbours than this. Default 160,000. */
  mostSamples?: number;
}

/** One number over the seeds. */
export interface Band {
  mean: number;
  least: number;
  most: number;
  /** Standard deviation with n − 1. */
  std: number;
}

/** One explanation made with many seeds. */
export interface Stability {
  /** The model's probability of the positive class. */
  probability: number;
  /** Sorted by the absolute mean, largest first; features that no seed chose are left out. */
  weights: {
    feature: string;
    condition: string;
    /** Over the seeds that gave the feature a weight. */
    weight: Band;
    /** Seeds that gave it one. */
    chosen: number;
    /** Seeds whose weight has another sign than the mean. */
    signChanges: number;
    /** Seeds in which it was among the first three. */
    amongFirst: number;
  }[];
  r2: Band;
  localPrediction: Band;
  /** The first three features in the order that most seeds gave them. */
  first: string[];
  /** Seeds that gave that order. */
  sameOrder: number;
  /** Seeds that gave the same features, in any order. */
  sameSet: number;
  /** In nine of ten seeds the same order, the same set, or neither. */
  verdict: "order" | "set" | "unstable";
  /** Neighbours of each explanation in the end. */
  samples: number;
  seed: number;
  seeds: number;
  /** Neighbours tried, and the widest band of the first three features. */
  tried: [number, number][];
  /** The bands are as narrow as asked; `null` where nothing was asked. */
  narrow: boolean | null;
  ms: number;
}

/** An explanation, and what is changed in each that is compared with it. */
export interface LimeSettingsOptions {
  /** Neighbours drawn, the record itself included. Default 5,000. */
  samples?: number;
  /** Default 10. */
  features?: number | "all";
  /** Default 42. */
  seed?: number;
  /** At most 8. */
  variants?: LimeVariant[];
}

/** Settings of one explanation; what is left out is as in the first one, or as in Python's `lime`. */
export interface LimeVariant {
  samples?: number;
  features?: number | "all";
  /** In units of the distance, 0.01 to 1,000. Default 0.75·√n of n features. */
  kernelWidth?: number;
  /** Where numbers are cut. Default quartile. */
  discretizer?: "quartile" | "decile" | "entropy";
  /** Of the bits "same bin as the record". Default euclidean. */
  distance?: "euclidean" | "manhattan" | "cosine";
  /** Which features get a weight. Default auto. */
  selection?: "auto" | "forward_selection" | "highest_weights" | "lasso_path" | "none";
}

/** An explanation made with some settings. */
export interface LimeEffect {
  explanation: {
    probability: number;
    intercept: number;
    localPrediction: number;
    r2: number;
    contributions: { feature: string; condition: string; weight: number }[];
    samples: number;
    seed: number;
  };
  /** The kernel's width. */
  kernelWidth: number;
  /** How many equally weighted neighbours the weighted ones are worth, (Σw)²/Σw². */
  counting: number;
  /** Features with another sign than in the first explanation. */
  turned: string[];
  /** The first three beside those of the first explanation: same order, same set, or others. */
  first: "order" | "set" | "other";
}

/** One explanation and others, in the order of the variants. */
export interface LimeCompared {
  base: LimeEffect;
  variants: LimeEffect[];
  ms: number;
}

/** How Shapley values are made. */
export interface ShapleyOptions {
  /** Training rows to compare with, where that is needed, 1 to 1,000. Default 100. */
  background?: number;
  /** Orders of the features tried, where not all are counted, even, 2 to 100,000. Default 1,000. */
  permutations?: number;
  /** Seed of rows and orders. Default 42. */
  seed?: number;
}

/** Shapley values on one scale: base + Σ values = prediction. */
export interface Shapley {
  base: number;
  prediction: number;
  /** In the order of the features; the standard error is `null` where the value is exact. */
  values: { feature: string; value: number; standardError: number | null }[];
  method: "linear" | "coalitions" | "trees" | "permutations";
}

/** Shapley values of a record. */
export interface ShapleyValues {
  probability: Shapley;
  /** Where they are exact: of logistic regression and boosting. */
  logOdds: Shapley | null;
  /** The training means of all columns, or so many training rows. */
  background: "means" | { rows: number };
  /** Orders tried; 0 where the probability's values are exact. */
  permutations: number;
  seed: number;
  ms: number;
}

/** Which features are swept, and how. */
export interface CurvesOptions {
  /** Default all. */
  features?: string[];
  /** Values that a number is set to, 2 to 200; where fewer were seen, those. Default 20. */
  gridResolution?: number;
  /** Between which percentiles of the training rows they lie, 0 to 1. Default 0.05 and 0.95. */
  percentiles?: [number, number];
  /** Training rows averaged over. Default all for a logistic regression, 300 for any other model. */
  rows?: number;
  /** Curves of single training rows that come along, at most 100. Default 12. */
  lines?: number;
  /** Seed of the rows. Default 42. */
  seed?: number;
}

/** Features swept for a record. */
export interface Curves {
  probability: number;
  /** The widest range of the record's own curve first. */
  curves: {
    feature: string;
    /** The record's own value. */
    present: number | string;
    /** The record's curve, its present value among the grid's. */
    own: { value: number | string; probability: number }[];
    /** Largest minus smallest probability of it. */
    range: number;
    /** The grid; the lists after it have one entry a value. */
    values: (number | string)[];
    /** The partial dependence. */
    mean: number[];
    /** A tenth of the rows' curves is lower. */
    low: number[];
    /** A tenth of the rows' curves is higher. */
    high: number[];
    /** Curves of single rows. */
    lines: number[][];
  }[];
  /** Training rows averaged over. */
  rows: number;
  seed: number;
  ms: number;
}

/** What changes are looked for. */
export interface CounterfactualOptions {
  /** Above 0 and below 1. Default that of the model's run, else 0.5. */
  threshold?: number;
  /** Less than the threshold, or at least it. Default "below". */
  side?: "below" | "above";
  /** Most features changed at once, 1 to 6. Default 3. */
  most?: number;
  /** Answers wanted, each of other features, 1 to 50. Default 5. */
  answers?: number;
  /** Features that stay as they are, also where they would have to follow. Default none. */
  locked?: string[];
  /** Which way numbers may go, by themselves or where they follow. Default either way. */
  ways?: Record<string, "either" | "up" | "down">;
  /** What a feature's cost is multiplied by, above 0. Default 1. */
  weights?: Record<string, number>;
  /**
   * Whether what depends on a change follows it, as the data set's rows say: charges the services chosen,
   * totals months times charges, "No internet service" the internet. What follows is no change of its own,
   * and no answer is a customer that no row is like. Default true; without effect where the rows follow no
   * such rules.
   */
  follow?: boolean;
  /** Quantiles of the training rows that a number may be changed to, 2 to 100. Default 20. */
  grid?: number;
  /** Combinations tried at most, 1,000 to 500,000; a hundred times as many for a logistic regression. Default 200,000. */
  budget?: number;
}

/** What a search for changes came to. */
export interface Counterfactuals {
  probability: number;
  threshold: number;
  side: "below" | "above";
  /** The cheapest first. A changed category costs 1, a number its distance over the training rows' range. */
  answers: {
    changes: { feature: string; from: number | string; to: number | string }[];
    /** What follows from them, at no cost. */
    follows: { feature: string; from: number | string; to: number | string }[];
    /** What the model says of the customer with both. */
    probability: number;
    cost: number;
  }[];
  /** The rows' rules were kept: they were to be, and there are some. */
  follow: boolean;
  /** Numbers that follow from other features and are not changed by themselves. */
  dependent: string[];
  /** It is there already; these are the cheapest; it is proved that there are none; or it was too much to try. */
  outcome: "already" | "found" | "none" | "stopped";
  /** Combinations of at most `most` changes on the lattice. */
  combinations: number;
  /** Combinations tried. */
  tried: number;
  /** Every combination of at most so many changes was tried or ruled out. */
  complete: number;
  most: number;
  ms: number;
}

/** A weighted linear model of the probability around the record. */
export interface Explained {
  /** The model's probability of the positive class. */
  probability: number;
  /** The local model's intercept, on the probability scale. */
  intercept: number;
  /** What the local model says for the record. */
  localPrediction: number;
  /** Weighted coefficient of determination over the neighbours. */
  r2: number;
  /** Sorted by absolute weight, largest first. */
  contributions: Contribution[];
  /** How long it took. */
  ms: number;
}

export interface Contribution {
  feature: string;
  /** What holds for the record: "Contract=Month-to-month", "tenure <= 9.00". */
  condition: string;
  /** Change of probability against a neighbour for whom the condition does not hold. */
  weight: number;
}

// All customers

export interface CustomersOptions {
  /**
   * A filter in words; the probability is a column like any other (`model probability` where the data set
   * has one called `probability`): `probability > .5 and Contract = "Two year"`. Default all customers.
   */
  where?: string;
  /** Part of an identifier. Default all customers. */
  find?: string;
  /** How many of all customers are drawn, as pandas' `sample` draws them. Default all of them. */
  random?: number;
  /** Seed of the draw, of the explanations and of the groups, 0 to 2³² − 1. Default 42. */
  seed?: number;
  /** Groups by reasons, 2 to 8 (k-means over LIME's weights): explains everybody. Default none. */
  groups?: number;
  /** Only the customers of this group, 1 to `groups`; the largest is 1. Default all. */
  group?: number;
  /**
   * A column, or `weight.` and a feature; `-` before it puts the largest first: `-probability`,
   * `-weight.tenure`. Weights go by size with their sign, equal ones stay in file order. Default: that of the file.
   */
  sort?: string;
  /** The first customer of the page, from 0. Default 0. */
  from?: number;
  /** Customers of the page at most, 0 to 1,000. Default 100. */
  count?: number;
  /** Columns whose values are given. Default every column of the data set. */
  columns?: string[];
  /** Whether the page's customers are explained. Default false. */
  weights?: boolean;
  /** 0 to 1. Default: that of the model's run, else 0.5. */
  threshold?: number;
  /** What contacting a customer costs, what a kept one is worth, how often the offer works. Default 10, 100, 0.5. */
  offer?: { cost?: number; value?: number; success?: number };
}

export interface Customers {
  /** Customers that were asked for, on all pages. */
  selected: number;
  from: number;
  /** The page. */
  customers: {
    /** Data row of the file, from 1. */
    row: number;
    /** Of the positive class. */
    probability: number;
    /** Whether the true class is the positive one; `null` without a target. */
    label: boolean | null;
    /** By column; dates as `2020-07-01`. */
    values: Record<string, string | number>;
    /** LIME's weight of every feature, in single precision; `null` unless asked for. */
    weights: Record<string, number> | null;
  }[];
  /** What the threshold comes to over all customers, whichever were asked for. */
  effect: {
    threshold: number;
    /** What `added` and `dropped` count from: the threshold of the model's run, else 0.5. */
    reference: number;
    customers: number;
    /** Those with p ≥ threshold. */
    contacted: number;
    /** Contacted, and not at the reference. */
    added: number;
    /** Contacted at the reference, and not now. */
    dropped: number;
    /** Σ (p·success·value − cost) over the contacted, if probabilities mean what they say. */
    expectedProfit: number;
    /** Against the true classes; `null` without a target. */
    confusion: { tn: number; fp: number; fn: number; tp: number } | null;
  };
  /** The groups by reasons over all customers; `null` unless asked for. */
  groups: {
    /** Customers of each, the largest group first. */
    customers: number[];
    /** Mean weight of every feature in each. */
    meanWeights: Record<string, number>[];
    /** Share of the weights' variance that lies between the groups, 0 to 1. */
    between: number;
  } | null;
  /** How long it took, explanations included. */
  ms: number;
}

// Endpoints

export interface DeployOptions {
  /** 1 to 80 characters. */
  name: string;
}

export interface Deployed {
  endpointId: EndpointId;
  buildId: string;
  /** Counts up from 1 under each name. */
  buildNumber: number;
  /** What a caller shows. */
  accessKey: string;
}

export interface CallAnswer {
  /** Names the prediction. */
  uuid: string;
  prediction: {
    /** The request with its defaults filled in. */
    data: CustomerRecord;
    /** Of the positive class. */
    probability: number;
    /** LIME with its default settings. */
    explanation: Explanation;
  };
  /** How long the call took. */
  ms: number;
}

export interface Explanation extends Omit<Explained, "ms"> {
  /** Neighbours, the record itself included. */
  samples: number;
  /** Seed of the neighbours; 0 when they were given. */
  seed: number;
}

// Monitoring

/**
 * What happens to the labels of simulated calls: with `label_noise` call i of n is labelled positive
 * with probability i/n, else truly; with `stable` labels are the truth.
 */
export type Scenario = "label_noise" | "stable";

export interface SimulateOptions {
  /** 1 to 100,000. Default 1,000. */
  calls?: number;
  /** Seed of the label noise, 0 to 2³² − 1. Default 42. */
  seed?: number;
  /** Default "label_noise". */
  scenario?: Scenario;
}

/** Calls made so far, and in all. */
export interface SimulationProgress {
  done: number;
  total: number;
}

export interface MetricsOptions {
  /** Calls that began at this time or later, Unix milliseconds. */
  from?: number;
  /** Calls that began at this time or earlier, Unix milliseconds. */
  to?: number;
}

/** One call, as it is kept in the metrics store. */
export interface PredictionEvent {
  uuid: string;
  endpointId: EndpointId;
  /** When the call began, Unix milliseconds. */
  atMs: number;
  /** How long it took. */
  processingMs: number;
  /** The request with its defaults filled in. */
  request: CustomerRecord;
  /** Of the positive class. */
  probability: number;
  /** Sorted by absolute weight, largest first. */
  explanation: Contribution[];
  /** The true class is positive; `null` until the truth is known. */
  groundTruth: boolean | null;
  /**
   * Of a simulated call: the probability that its prediction is right under the scenario; `null` for a
   * call that somebody made.
   */
  simulated: { expectedAccuracy: number } | null;
}

/** Summary of calls; figures of no call are `null`. Predictions count as positive from 0.5 on. */
export interface MonitoringReport {
  nCalls: number;
  /** Calls whose truth is known. */
  nLabelled: number;
  meanProbability: number | null;
  /** Median of the processing time. */
  p50Ms: number | null;
  /** 95th percentile of the processing time. */
  p95Ms: number | null;
  /** Share of right predictions among the labelled calls. */
  accuracy: number | null;
  /** Per 100 labelled calls, the last window possibly shorter. */
  windows: WindowAccuracy[];
}

export interface WindowAccuracy {
  /** First call of the window, counted from 1 over the labelled calls. */
  first: number;
  /** Last call of the window. */
  last: number;
  /** When its first call began, Unix milliseconds. */
  fromMs: number;
  /** When its last call began, Unix milliseconds. */
  toMs: number;
  /** Share of right predictions. */
  accuracy: number;
  /** What the scenario lets expect; `null` unless all its calls are simulated. */
  expected: number | null;
  /** Standard deviation of `accuracy` under the scenario; `null` as `expected`. */
  expectedStd: number | null;
}

// Drift

export interface DriftOptions {
  /** A column has drifted from this population stability index on, above 0. Default 0.1. */
  psiThreshold?: number;
}

export interface DriftReport {
  /** Columns both sides have, in the reference's order. */
  columns: ColumnDrift[];
  /** Share of columns that drifted. */
  share: number;
  /** Rows of the reference. */
  nReference: number;
  /** Rows of the current data. */
  nCurrent: number;
}

export interface ColumnDrift {
  name: string;
  kind: ColumnKind;
  /** Population stability index, Σ (qᵢ − pᵢ)·ln(qᵢ/pᵢ), over levels or ten quantile bins. */
  psi: number;
  /** Two-sided two-sample Kolmogorov–Smirnov test; `null` of a categorical column. */
  ks: { statistic: number; pValue: number } | null;
  /** Two-sample χ² test, no continuity correction; `null` of a numeric column. */
  chi2: { statistic: number; dof: number; pValue: number } | null;
  /** Jensen–Shannon distance in base 2, 0 to 1, over levels or ten quantile bins. */
  jensenShannon: number;
  /**
   * Wasserstein distance over the reference's standard deviation; `null` of a categorical column, and
   * where a constant reference has moved.
   */
  wasserstein: number | null;
  /** `psi` reaches the threshold. */
  drifted: boolean;
  /** Levels or bins with both sides' shares of rows. */
  shares: { label: string; reference: number; current: number }[];
}

/** What is asked of a model as a whole; `part` says of which rows, `seed` which are drawn. */
export type WholeQuestion =
  | { method: "importance"; score?: "accuracy" | "roc_auc" | "log_loss"; part?: RowsPart; repeats?: number; seed?: number }
  | { method: "shapley"; part?: RowsPart; rows?: number; background?: number; permutations?: number; seed?: number }
  | { method: "average"; part?: RowsPart; rows?: number; samples?: number; seed?: number }
  | { method: "surrogate"; depth?: number; least?: number; seed?: number }
  | { method: "dependence"; feature: string; scale?: WholeScale; part?: RowsPart; rows?: number; points?: number; seed?: number }
  | { method: "pair"; features: [string, string]; scale?: WholeScale; part?: RowsPart; rows?: number; points?: number; seed?: number }
  | { method: "interactions"; scale?: WholeScale; part?: RowsPart; rows?: number; seed?: number };

export type RowsPart = "test" | "train";
export type WholeScale = "probability" | "log_odds";

/** What every answer says of how it was made. */
export interface WholeMade {
  part: RowsPart;
  rows: number;
  seed: number;
  ms: number;
}

/** The answer to each method. */
export interface WholeAnswers {
  importance: WholeMade & {
    score: "accuracy" | "roc_auc" | "log_loss";
    baseline: number;
    repeats: number;
    /** `mean` is how much worse the score gets; `low` and `high` hold the middle 95 of 100 shuffles. */
    features: { feature: string; mean: number; std: number; low: number; high: number }[];
  };
  shapley: WholeMade & {
    scale: "log_odds" | "decision" | "probability";
    method: "linear" | "trees" | "permutations";
    background: "means" | { rows: number };
    permutations: number;
    /** `values` row by row, `of` what the feature is there: its number, or the number of its level. */
    features: { feature: string; meanAbs: number; values: number[]; of: number[] }[];
  };
  average: WholeMade & {
    samples: number;
    meanR2: number;
    lowR2: number;
    features: { feature: string; mean: number; meanAbs: number; positive: number }[];
  };
  surrogate: {
    depth: number;
    least: number;
    seed: number;
    ms: number;
    rules: { conditions: RuleCondition[]; probability: number; positive: number; rows: number }[];
    train: RuleFidelity;
    test: RuleFidelity;
  };
  dependence: WholeMade & {
    feature: string;
    levels: string[];
    scale: WholeScale;
    mean: number;
    partial: { at: number; value: number }[];
    /** Of levels in an order of likeness, those that occur; `counts` has the rows of each step. */
    accumulated: { places: { at: number; value: number }[]; counts: number[] };
  };
  pair: WholeMade & {
    features: [string, string];
    levels: [string[], string[]];
    scale: WholeScale;
    grids: [number[], number[]];
    /** Row by row of the second feature. */
    values: number[];
  };
  interactions: WholeMade & {
    scale: WholeScale;
    /** `size` is what the pair does beyond what each does alone, `h` the same as a share of all it does. */
    pairs: { features: [string, string]; h: number; size: number }[];
  };
}

export type RuleCondition =
  | { is: { feature: string; level: string } }
  | { is_not: { feature: string; levels: string[] } }
  | { between: { feature: string; above: number | null; atMost: number | null; isDate: boolean } };

/** How far a surrogate tree and the model agree. */
export interface RuleFidelity {
  sameClass: number;
  majority: number;
  r2: number | null;
  rows: number;
}
